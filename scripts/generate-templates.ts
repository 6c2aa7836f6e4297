/**
 * Writes src/core/render/shipped.ts from templates/: precompiled Handlebars, and the gates as text, so that neither
 * the compiler nor a file is needed at run time; and shipped-texts.ts, for whoever begins one of their own with them. `--check` fails when the file is not current.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import { templateHelpers } from '../src/core/render/template-helpers.ts';

const root = new URL('..', import.meta.url);
const options: Parameters<typeof Handlebars.precompile>[1] = {
  noEscape: true,
  data: false,
  strict: true,
  preventIndent: true,
  knownHelpers: Object.fromEntries(Object.keys(templateHelpers).map((name) => [name, true])),
  knownHelpersOnly: true,
};

const templates = await sources('templates/', '.hbs');
const gates = await sources('templates/gates/', '.sh');
const texts = [
  '// Generated from templates/ by scripts/generate-templates.ts.',
  "import type { TemplateName } from './shipped.ts';",
  '',
  '/** The shipped templates as they are written. */',
  'export const templateTexts: Readonly<Record<TemplateName, string>> = {',
  ...templates.map(([name, source]) => `  '${name}':\n    ${JSON.stringify(source)},`),
  '};',
  '',
].join('\n');
const text = [
  '// Generated from templates/ by scripts/generate-templates.ts.',
  '/* eslint-disable */',
  '// @ts-nocheck -- the output of a compiler',
  `export type TemplateName = ${templates.map(([name]) => `'${name}'`).join(' | ')};`,
  '',
  `export type GateName = ${gates.map(([name]) => `'${name}'`).join(' | ')};`,
  '',
  'export const precompiledTemplates: Readonly<Record<TemplateName, object>> = {',
  ...templates.map(([name, source]) => `'${name}': ${Handlebars.precompile(source, options) as string},`),
  '};',
  '',
  'export const gateTexts: Readonly<Record<GateName, string>> = {',
  ...gates.map(([name, source]) => `'${name}': ${JSON.stringify(source)},`),
  '};',
  '',
].join('\n');

for (const [file, content] of [
  ['shipped.ts', text],
  ['shipped-texts.ts', texts],
] as const) {
  const output = new URL(`src/core/render/${file}`, root);
  if (!process.argv.includes('--check')) await writeFile(output, content);
  else if ((await readFile(output, 'utf8').catch(() => '')) !== content) {
    console.error(`src/core/render/${file} is not current: npm run generate`);
    process.exitCode = 1;
  }
}

async function sources(folder: string, suffix: string): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(suffix)).toSorted();
  return Promise.all(
    names.map(async (name) => [name, await readFile(new URL(`${folder}${name}`, root), 'utf8')] as const),
  );
}
