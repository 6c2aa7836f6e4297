import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { ImageAge, OutdatedRow } from './values-of-outdated.ts';

const words: Readonly<Record<ImageAge, string>> = {
  current: 'current',
  outdated: 'outdated',
  pinned: 'pinned to a digest',
  local: 'came from no registry',
  unknown: 'not known',
};

/** `gear outdated`: a table, and what has the outdated ones updated. */
export function printOutdated(rows: readonly OutdatedRow[], style: Style): string {
  if (rows.length === 0) return 'This host has no containers of gear.';
  const header = ['NAME', 'IMAGE', 'STATE'].map(style.dim);
  const paint = {
    current: style.good,
    outdated: style.warn,
    pinned: plain,
    local: plain,
    unknown: style.bad,
  };
  const body = rows.map(({ name, image, age }) => [
    style.bold(plain(name)),
    plain(image),
    paint[age](words[age]),
  ]);
  const outdated = rows.filter(({ age }) => age === 'outdated').map(({ name }) => name);
  const unknown = rows.filter(({ age, engine }) => age === 'unknown' && engine === 'podman');
  const why =
    unknown.length === 0
      ? []
      : [
          '',
          'Podman can ask only for images of several architectures; of another, gear pull NAME tells whether it is new',
        ];
  const next =
    outdated.length === 0
      ? []
      : ['', inScope(`to update them: gear set ${outdated.map(plain).join(' ')} --pull always`)];
  return [formatTable([header, ...body]), ...next, ...why].join('\n');
}
