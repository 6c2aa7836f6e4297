import type { Journal } from '../../ports/journal.ts';

/** The journal of this machine; journalctl's reader is loaded when something is read. */
export function lazyJournal(): Journal {
  const load = async (): Promise<Journal> => {
    const { JournalctlJournal } = await import('../systemd/journal.ts');
    return new JournalctlJournal();
  };
  return {
    async *read(options) {
      yield* (await load()).read(options);
    },
    last: async (unit, lines, sinceMs) => (await load()).last(unit, lines, sinceMs),
  };
}
