/**
 * Writes src/core/render/shipped.ts from templates/: precompiled Handlebars, and the gates as text, so that neither
 * the compiler nor a file is needed at run time. `--check` fails when the file is not current.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import { templateHelpers } from '../src/core/render/template-helpers.ts';

const root = new URL('..', import.meta.url);
const output = new URL('src/core/render/shipped.ts', root);
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

if (process.argv.includes('--check')) {
  if ((await readFile(output, 'utf8').catch(() => '')) !== text) {
    console.error('src/core/render/shipped.ts is not current: npm run generate');
    process.exitCode = 1;
  }
} else {
  await writeFile(output, text);
}

async function sources(folder: string, suffix: string): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(suffix)).toSorted();
  return Promise.all(
    names.map(async (name) => [name, await readFile(new URL(`${folder}${name}`, root), 'utf8')] as const),
  );
}
