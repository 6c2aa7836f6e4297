import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The events of docs/topics/metrics.md, with the fields of each beside `type` and `timeMs`. */
export async function documentedEvents(): Promise<ReadonlyMap<string, readonly string[]>> {
  const page = await readFile(path.join(import.meta.dirname, '../../docs/topics/metrics.md'), 'utf8');
  const rows = page.matchAll(/^\| `(\w+)` +\| ((?:`\w+`(?:, )?)+) +\|/gm);
  return new Map(
    [...rows].map(([, type = '', fields = '']) => [type, [...fields.matchAll(/\w+/g)].map(([name]) => name)]),
  );
}

/** What of events is not as documented. */
export async function undocumented(
  events: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly string[]> {
  const documented = await documentedEvents();
  return events.flatMap((event) => {
    const { type, timeMs, ...fields } = event;
    const known = documented.get(String(type));
    const names = Object.keys(fields);
    const isAsSaid = typeof timeMs === 'number' && known?.toSorted().join() === names.toSorted().join();
    return isAsSaid ? [] : [JSON.stringify(event)];
  });
}
