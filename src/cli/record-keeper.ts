import type { Manifest } from '../core/model/manifest.ts';
import { attempt } from '../errors/failure.ts';
import type { GivenDescription, HostRecords } from '../ports/host-records.ts';
import type { Emit } from '../report/events.ts';

interface Keeping {
  readonly host: string;
  readonly records: () => Promise<HostRecords>;
  /** How apps are described that the command applies. */
  readonly given: Readonly<Record<string, GivenDescription>>;
  readonly emit: Emit;
}

/**
 * Keeps what a host has beside the work on it, one after the other; where that fails it is a warning, told once.
 * `settled` resolves when the last is kept, and never rejects for what could not be.
 */
export function createKeeper({ host, records, given, emit }: Keeping): {
  readonly keep: (manifest: Manifest) => void;
  readonly settled: () => Promise<void>;
} {
  let last: Promise<boolean> = Promise.resolve(true);
  const write = async (manifest: Manifest): Promise<boolean> => {
    const kept = await attempt(async () => (await records()).keep(host, manifest, given));
    if (kept.ok) return true;
    const why = kept.failures.map(({ message }) => message).join('; ');
    emit({ type: 'warning', subject: 'for gear recover', message: `nothing newer is kept here: ${why}` });
    return false;
  };
  return {
    keep(manifest) {
      last = last.then((works) => works && write(manifest));
    },
    async settled() {
      await last;
    },
  };
}
