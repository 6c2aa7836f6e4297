import type { Attribute } from '../src/core/descriptor/compose/attribute.ts';
import { serviceAttributes } from '../src/core/descriptor/compose/service-attributes.ts';
import { networkKeys, volumeKeys } from '../src/core/descriptor/compose/top-level.ts';

type Row = Pick<Attribute, 'name' | 'verdict' | 'to' | 'note'>;

/** docs/formats/compose.md: what becomes of every key, from the tables by which files are read. */
export function composePage(): string {
  return [
    '# Compose files',
    '',
    '`gear check`, `plan` and `apply` read a file with `services:` as a Compose file; `gear convert FILE` prints it in the',
    'native form. Each key is _kept_, _approximated_ (it becomes something near it, and that is told) or _refused_ (nothing',
    'is applied, and what to write instead is told). Written by `npm run generate`.',
    '',
    'The app has the name of the project: `name:`, else `COMPOSE_PROJECT_NAME`, else that of the folder, as Compose finds',
    'it. Networks and volumes have the names that Compose gives them, so those of a running project are found. A service',
    'without `restart:` gets `on-failure`. `extends` of another file, `include` and several files at once are refused:',
    '`docker compose config` writes them into one.',
    '',
    '## Services',
    ...table(serviceAttributes.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    '',
    '## Networks',
    ...table(networkKeys),
    '',
    '## Volumes',
    ...table(volumeKeys),
    '',
    '## Secrets and configs',
    '',
    'A secret or config with `file`, `content` or `environment` becomes one of `files` of the containers that use it;',
    'an external secret is a secret of the host (`gear secret set`), and an external config is refused. Drivers and labels',
    'of them say nothing on one host.',
    '',
  ].join('\n');
}

function table(rows: readonly Row[]): readonly string[] {
  const cells = [
    ['key', 'what becomes of it', 'keys of a native descriptor', ''],
    ...rows.map(({ name, verdict, to, note }) => [
      `\`${name}\``,
      verdict,
      to === ''
        ? ''
        : to
            .split(', ')
            .map((key) => `\`${key}\``)
            .join(', '),
      note.replaceAll('|', '\\|'),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return ['', line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)];
}
