/**
 * Writes docs/errors.md from the table of errors, docs/cli.md and man/gear.1 from the commands and docs/formats from the readers, so that
 * none can be wrong. `--check` fails when one of them is not current.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from '@oclif/core';
import { errorTable } from '../src/errors/codes.ts';
import { exitStatus } from '../src/errors/exit-status.ts';
import { composePage } from './formats/compose.ts';
import { geardPage } from './formats/geard.ts';
import { kubernetesPage } from './formats/kubernetes.ts';
import { pageText } from './formats/page.ts';
import { manPage } from './man-page.ts';
import { quadletPage } from './formats/quadlet.ts';
import { templatesPage } from './templates-page.ts';
import { readCommands } from './read-commands.ts';
import { usageLines } from './usage-lines.ts';

const root = path.join(import.meta.dirname, '..');

const { manifest } = await readCommands(root);
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
};

const pages: Readonly<Record<string, string>> = {
  'docs/errors.md': errorsPage(),
  'docs/formats/compose.md': pageText(composePage),
  'docs/formats/geard.md': pageText(geardPage),
  'docs/formats/kubernetes.md': pageText(kubernetesPage),
  'docs/formats/quadlet.md': pageText(quadletPage),
  'docs/templates.md': templatesPage(),
  'docs/cli.md': cliPage(Object.values(manifest)),
  'man/gear.1': manPage({ commands: Object.values(manifest), version }),
};

for (const [name, text] of Object.entries(pages)) {
  const file = path.join(root, name);
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} is not current: npm run generate`);
    process.exitCode = 1;
  }
}

function errorsPage(): string {
  return [
    '# Errors',
    '',
    'Every failure that gear expects has a code, which `--json` shows and which never changes. The exit status tells the',
    'kind: 1 failed, 2 usage, 4 input, 5 environment, 6 taken back. Written by `npm run generate`.',
    ...Object.entries(errorTable).flatMap(([code, { title, explanation, exit }]) => [
      '',
      `## ${code}`,
      '',
      `**${title}** (exit status ${String(exitStatus[exit])}). ${explanation}`,
    ]),
    '',
  ].join('\n');
}

function cliPage(commands: readonly Command.Cached[]): string {
  return [
    '# Commands',
    '',
    '`gear COMMAND --help` shows the same. Every command has `--json`, which prints its value, or the failure, as JSON.',
    'Written by `npm run generate`.',
    ...commands.filter(({ hidden }) => !hidden).flatMap(commandSection),
    '',
  ].join('\n');
}

function commandSection(command: Command.Cached): readonly string[] {
  const { id, summary, description, aliases, examples } = command;
  const flags = Object.values(command.flags).filter(({ hidden, name }) => hidden !== true && name !== 'json');
  return [
    '',
    `## gear ${id.replaceAll(':', ' ')}`,
    '',
    `${summary ?? ''}. ${(description ?? '').replaceAll('\n', ' ')}`,
    ...(aliases.length === 0 ? [] : ['', `Also: ${aliases.map((alias) => `\`gear ${alias}\``).join(', ')}.`]),
    '',
    '```console',
    ...usageLines(command),
    '```',
    ...(flags.length === 0 ? [] : ['', ...flags.map((flag) => `- ${flagLine(flag)}`)]),
    '',
    'Examples:',
    '',
    '```console',
    ...(examples ?? []).map((example) => `$ ${(example as string).replaceAll('<%= config.bin %>', 'gear')}`),
    '```',
  ];
}

function flagLine(flag: Command.Flag.Cached): string {
  const value =
    flag.type === 'boolean' ? '' : ` ${flag.helpValue?.toString() ?? flag.options?.join('|') ?? 'N'}`;
  const short = flag.char === undefined ? '' : `\`-${flag.char}\`, `;
  const repeatable = flag.type === 'option' && flag.multiple === true ? ' Repeatable.' : '';
  const initial =
    flag.type === 'option' && typeof flag.default === 'string' ? ` Default: ${flag.default}.` : '';
  return `${short}\`--${flag.name}${value}\`: ${flag.description ?? ''}.${repeatable}${initial}`;
}
