/**
 * Writes schema/gear.schema.json and schema/gear-overlay.schema.json, for editors, and docs/descriptor.md from the schema that gear itself reads descriptors
 * with. `--check` fails when one of them is not current.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { type Note, notes } from '../src/core/descriptor/native/expect.ts';
import { appSchema } from '../src/core/descriptor/native/schema.ts';

const root = path.join(import.meta.dirname, '..');
const files: Readonly<Record<string, string>> = {
  'schema/gear.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
  'schema/gear-overlay.schema.json': `${JSON.stringify(overlaySchema(), null, 2)}\n`,
  'docs/descriptor.md': page(),
};

for (const [name, text] of Object.entries(files)) {
  const file = path.join(root, name);
  if (!process.argv.includes('--check')) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} is not current: npm run generate`);
    process.exitCode = 1;
  }
}

function jsonSchema(): object {
  const schema = z.toJSONSchema(appSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema: part }) => {
      const note = notes.get(zodSchema);
      if (note?.summary !== undefined) part.description = `${note.summary}.\nExample: ${note.example}`;
    },
  });
  return { ...schema, title: 'gear descriptor', patternProperties: { '^x-': {} } };
}

/** An overlay leaves out what the file below it has, and takes a key away with null. */
function overlaySchema(): unknown {
  return { ...(optionalIn(jsonSchema()) as object), title: 'gear overlay' };
}

function optionalIn(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(optionalIn);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
      if (key === 'required') return [];
      if (key === 'properties') return [[key, mapValues(value as object, orNull)]];
      if (key === 'additionalProperties' && typeof value === 'object') return [[key, orNull(value)]];
      return [[key, optionalIn(value)]];
    }),
  );
}

function mapValues(given: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]));
}

function orNull(part: unknown): object {
  const { description, ...schema } = optionalIn(part) as { readonly description?: string };
  return { ...(description === undefined ? {} : { description }), anyOf: [schema, { type: 'null' }] };
}

/** The schema below what makes it optional. */
function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? inner(def.innerType) : schema;
}

/** The map with known keys that a value is, or holds: in one of its forms, its items or its values. */
function keysOf(schema: z.core.$ZodType): z.core.$ZodShape | undefined {
  const { def } = (inner(schema) as z.core.$ZodTypes)._zod;
  if (def.type === 'object') return def.shape;
  if (def.type === 'array') return keysOf(def.element);
  if (def.type === 'record') return keysOf(def.valueType);
  if (def.type === 'union') return def.options.map(keysOf).find((shape) => shape !== undefined);
  return undefined;
}

function noteOf(schema: z.core.$ZodType): Note {
  const note = notes.get(inner(schema));
  if (note === undefined) throw new Error('a key has no note');
  return note;
}

function page(): string {
  return [
    '# Descriptors',
    '',
    'A descriptor is an app: its containers, and what they share. It is YAML or JSON; [descriptor-syntax.md](topics/descriptor-syntax.md)',
    'tells about variables and overlays. `gear check FILE` finds mistakes. For completion in an editor, begin the file with',
    '`# yaml-language-server: $schema=PATH/schema/gear.schema.json`, and an overlay with `gear-overlay.schema.json`. Keys at',
    'the top level that begin with `x-` are passed over. Numbers may be quoted; durations are written as `90s` or `1m30s`. Written by `npm run generate`.',
    ...section('The app', appSchema._zod.def.shape),
    ...nested(appSchema._zod.def.shape, ''),
    '',
  ].join('\n');
}

function section(title: string, shape: z.core.$ZodShape): readonly string[] {
  return [
    '',
    `## ${title}`,
    '',
    '| key | what | example | |',
    '| --- | --- | --- | --- |',
    ...Object.entries(shape).map(([key, schema]) => {
      const { what, example, summary = '' } = noteOf(schema);
      return `| \`${key}\` | ${cell(what)} | \`${cell(example)}\` | ${cell(summary)} |`;
    }),
  ];
}

function nested(shape: z.core.$ZodShape, above: string): readonly string[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const keys = keysOf(schema);
    const title = `${above}${key}`;
    return keys === undefined ? [] : [...section(`\`${title}\``, keys), ...nested(keys, `${title}.`)];
  });
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
