import { sampleViews } from '../src/core/render/custom/samples.ts';
import { templateNames } from '../src/core/render/shipped.ts';
import { type Fields, type Kind, viewFields } from '../src/core/render/custom/view-fields.ts';
import { cellsToTable } from './formats/page.ts';

/** docs/templates.md: every field of every view, with its value in a view that gear itself has made. */
export function templatesPage(): string {
  const views = sampleViews();
  return [
    '# Fields of templates',
    '',
    'What a template of units can write; [topics/templates.md](topics/templates.md) tells how. Each example is what the',
    'template sees of a real container. Written by `npm run generate`.',
    ...templateNames.flatMap((name) => [
      '',
      `## ${name}`,
      '',
      ...cellsToTable([
        ['field', 'written by', 'what it is', 'example'],
        ...rows(viewFields[name], views[name], ''),
      ]),
    ]),
    '',
  ].join('\n');
}

function rows(fields: Fields, view: unknown, prefix: string): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([name, { kind, says }]): readonly (readonly string[])[] => {
    const value = (view as Readonly<Record<string, unknown>>)[name];
    const own = [`\`${prefix}${name}\``, writtenBy(kind, name), says, exampleOf(value)];
    const inner = typeof kind === 'object' ? ('each' in kind ? kind.each : kind) : kind;
    if (typeof inner !== 'object' || !('fields' in inner)) return [own];
    const element: unknown = Array.isArray(value) ? value[0] : value;
    const path = inner === kind ? `${prefix}${name}.` : `${prefix}${name}[].`;
    return [own, ...rows(inner.fields, element ?? {}, path)];
  });
}

function writtenBy(kind: Kind, name: string): string {
  if (kind === 'text') return '`text`';
  if (kind === 'words') return '`command`';
  if (kind === 'number') return 'itself';
  if (kind === 'flag') return '`#if`';
  if ('fields' in kind) return 'its fields';
  if (kind.each === 'text') return name === 'mountsFor' ? '`#each`, `path`' : '`#each`, `text`';
  return kind.each === 'words' ? '`#each`, `command`' : '`#each`, its fields';
}

/** Longer ones are cut: they are there to be recognised. */
const longest = 70;

function exampleOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = JSON.stringify(value);
  return `\`${(text.length > longest ? `${text.slice(0, longest)}…` : text).replaceAll('|', '\\|')}\``;
}
