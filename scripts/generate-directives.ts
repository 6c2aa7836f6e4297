/**
 * Writes src/core/descriptor/checks/directive-table.ts from what systemd itself says it reads (scripts/systemd).
 * `--check` fails when the file is not current.
 */
import { readFile, writeFile } from 'node:fs/promises';

const root = new URL('..', import.meta.url);
const output = new URL('src/core/descriptor/checks/directive-table.ts', root);

interface Entry {
  readonly type: string;
  readonly since?: string;
}

const [older, newer] = await Promise.all([read('252'), read('257')]);
const sections = [...newer].map(([section, entries]) => {
  const before = older.get(section) ?? new Map<string, Entry>();
  const lines = [...new Map<string, Entry>([...before, ...entries])]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => `    ${name}: ${fact(name, before.get(name), entry)},`);
  return [`  ${section}: {`, ...lines, '  },'].join('\n');
});
const text = [
  '// Generated from scripts/systemd by scripts/generate-directives.ts.',
  '/* eslint-disable */',
  "import type { DirectiveTable } from './directive-facts.ts';",
  '',
  '/** Every directive of systemd 252 to 257 in the sections that a user may add to. */',
  'export const directiveTable: DirectiveTable = {',
  ...sections,
  '};',
  '',
].join('\n');

if (!process.argv.includes('--check')) await writeFile(output, text);
else if ((await readFile(output, 'utf8').catch(() => '')) !== text) {
  console.error('src/core/descriptor/checks/directive-table.ts is not current: npm run generate');
  process.exitCode = 1;
}

/** What is checked of a value: only where both versions agree on its type. */
function fact(name: string, before: Entry | undefined, { type, since }: Entry): string {
  const same = before === undefined || before.type === type;
  const known = same ? valueType(name, type) : undefined;
  const parts = [
    ...(known === undefined ? [] : [`type: '${known}'`]),
    ...(before === undefined ? [`since: ${since ?? '257'}`] : []),
  ];
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function valueType(name: string, type: string): string | undefined {
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'SECONDS') return 'time';
  return type === 'LIMIT' && name.includes('Memory') ? 'size' : undefined;
}

async function read(version: string): Promise<ReadonlyMap<string, Map<string, Entry>>> {
  const lines = (await readFile(new URL(`scripts/systemd/${version}.txt`, root), 'utf8')).split('\n');
  const found = new Map<string, Map<string, Entry>>();
  let section = new Map<string, Entry>();
  for (const line of lines) {
    const [, header] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (header !== undefined) {
      section = new Map<string, Entry>();
      found.set(header, section);
    }
    const [, name, type, since] = /^(\w+)=(.*?)(?: # (\d+))?$/.exec(line) ?? [];
    if (name !== undefined && type !== undefined)
      section.set(name, { type, ...(since === undefined ? {} : { since }) });
  }
  return found;
}
