/**
 * Writes from templates/ what src/core/render has of them, so that neither Handlebars nor a file is needed at run time:
 * shipped-writers.ts, a function for each template; shipped.ts, their names and the gates as text; and shipped-texts.ts,
 * for whoever begins one of their own with them. `--check` fails when a file is not current.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { templateHelpers } from '../src/core/render/template-helpers.ts';
import { templateLiteral } from './template-writer.ts';

const root = new URL('..', import.meta.url);
/** The type of what each template sees, which src/core/render/view.ts has. */
const views: Readonly<Record<string, string>> = {
  'container-docker.service.hbs': 'DockerView',
  'container-podman.service.hbs': 'PodmanView',
  'ready.service.hbs': 'ReadyView',
  'schedule.timer.hbs': 'TimerView',
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
const writers = [
  '// Generated from templates/ by scripts/generate-templates.ts.',
  "import { each, isFilled } from './template-blocks.ts';",
  "import { templateHelpers } from './template-helpers.ts';",
  `import type { ${Object.values(views).join(', ')} } from './view.ts';`,
  '',
  `const { ${Object.keys(templateHelpers).join(', ')} } = templateHelpers;`,
  '',
  '/** The text of each unit, before its hash is put in. */',
  'export const shippedWriters = {',
  ...templates.map(
    ([name, source]) => `  '${name}': (view: ${viewOf(name)}): string => ${templateLiteral(source)},`,
  ),
  '};',
  '',
].join('\n');
const text = [
  '// Generated from templates/ by scripts/generate-templates.ts.',
  `export type TemplateName = ${templates.map(([name]) => `'${name}'`).join(' | ')};`,
  '',
  `export type GateName = ${gates.map(([name]) => `'${name}'`).join(' | ')};`,
  '',
  '/** Every name that a template can have. */',
  'export const templateNames: readonly TemplateName[] = [',
  ...templates.map(([name]) => `  '${name}',`),
  '];',
  '',
  'export const gateTexts: Readonly<Record<GateName, string>> = {',
  ...gates.map(([name, source]) => `  '${name}': ${JSON.stringify(source)},`),
  '};',
  '',
].join('\n');

for (const [file, content] of [
  ['shipped.ts', text],
  ['shipped-writers.ts', writers],
  ['shipped-texts.ts', texts],
] as const) {
  const output = new URL(`src/core/render/${file}`, root);
  if (!process.argv.includes('--check')) await writeFile(output, content);
  else if ((await readFile(output, 'utf8').catch(() => '')) !== content) {
    console.error(`src/core/render/${file} is not current: npm run generate`);
    process.exitCode = 1;
  }
}

function viewOf(template: string): string {
  const view = views[template];
  if (view === undefined) throw new Error(`scripts/generate-templates.ts names no view for ${template}`);
  return view;
}

async function sources(folder: string, suffix: string): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(new URL(folder, root))).filter((name) => name.endsWith(suffix)).toSorted();
  return Promise.all(
    names.map(async (name) => [name, await readFile(new URL(`${folder}${name}`, root), 'utf8')] as const),
  );
}
