import type { Journal } from '../../ports/journal.ts';
import { JournalctlJournal } from '../systemd/journal.ts';
import { journalctl } from '../systemd/journalctl.ts';
import type { HostLink } from './link.ts';

/** The journal of a host, by its own journalctl(1). */
export function createRemoteJournal(link: HostLink): Journal {
  async function* run(command: readonly [string, ...string[]], signal?: AbortSignal): AsyncGenerator<string> {
    const release = await link.slots.take();
    try {
      const { argv, preface } = await link.line(command);
      yield* journalctl(argv, signal, preface);
    } finally {
      release();
    }
  }
  return new JournalctlJournal({ run });
}
