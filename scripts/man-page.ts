import type { Command } from '@oclif/core';
import { exitStatus } from '../src/errors/exit-status.ts';
import { usageLines } from './usage-lines.ts';

interface ManPage {
  readonly commands: readonly Command.Cached[];
  readonly version: string;
}

const meanings: Readonly<Record<keyof typeof exitStatus, string>> = {
  done: 'All was done.',
  failed: 'Something failed.',
  usage: 'The command line is wrong.',
  partial: 'A host was out of reach; the others are done.',
  input: 'A descriptor, name or value is wrong.',
  environment: 'The host lacks something: an engine, rights, systemd.',
  takenBack: 'An update did not become ready, and was taken back.',
  changes: 'There is something to change.',
};

/** gear.1 in the man macros (groff_man(7)), from the commands themselves. */
export function manPage({ commands, version }: ManPage): string {
  const shown = commands.filter(({ hidden }) => !hidden).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    `.\\" Written by npm run generate.`,
    `.TH GEAR 1 "" "gear ${version}" "User Commands"`,
    '.SH NAME',
    'gear \\- containers under systemd',
    '.SH SYNOPSIS',
    '.B gear',
    '.I COMMAND',
    '.RI [ ARGUMENT... ]',
    '.SH DESCRIPTION',
    text(
      'gear turns container descriptions into systemd units and keeps them true on one or many hosts. Every command has --help, with examples, and --json, which prints its value, or the failure, as JSON.',
    ),
    '.SH COMMANDS',
    ...shown.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...Object.entries(exitStatus).flatMap(([kind, status]) => [
      '.TP',
      `.B ${String(status)}`,
      text(meanings[kind as keyof typeof exitStatus]),
    ]),
    '.SH FILES',
    ...files.flatMap(([path, what]) => ['.TP', `.I ${text(path)}`, text(what)]),
    '.SH SEE ALSO',
    '.BR systemctl (1),',
    '.BR journalctl (1),',
    '.BR docker (1),',
    '.BR podman (1)',
    '',
  ].join('\n');
}

const files: readonly (readonly [string, string])[] = [
  ['/etc/gear', 'Generations of units, files and secrets.'],
  ['/etc/systemd/system/ctr-*.service', 'The units, links into the current generation.'],
  ['/var/lib/gear', 'The lock, and what outlives generations.'],
];

function commandLines(command: Command.Cached): readonly string[] {
  const { id, summary, description, examples } = command;
  const flags = Object.values(command.flags).filter(({ hidden, name }) => hidden !== true && name !== 'json');
  return [
    `.SS gear ${text(id.replaceAll(':', ' '))}`,
    text(`${summary ?? ''}. ${description ?? ''}`),
    ...usageLines(command).flatMap((line) => ['.PP', `.B ${text(line)}`]),
    ...flags.flatMap((flag) => ['.TP', `.B ${text(flagName(flag))}`, text(`${flag.description ?? ''}.`)]),
    '.PP',
    'Examples:',
    '.PP',
    '.nf',
    '.RS',
    ...(examples ?? []).map((example) => text((example as string).replaceAll('<%= config.bin %>', 'gear'))),
    '.RE',
    '.fi',
  ];
}

function flagName(flag: Command.Flag.Cached): string {
  const value =
    flag.type === 'boolean' ? '' : ` ${flag.helpValue?.toString() ?? (flag.options ?? []).join('|')}`;
  return `${flag.char === undefined ? '' : `-${flag.char}, `}--${flag.name}${value}`;
}

/**
 * One line of text. groff reads a backslash anywhere, and a dot or an apostrophe at the beginning of a line, as its own; a
 * hyphen is to be one that can be copied.
 */
function text(words: string): string {
  return words
    .replaceAll('\n', ' ')
    .trim()
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll(
      /[^\p{ASCII}]/gu,
      (character) => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^(?=[.'])/, '\\&');
}
