import type { Command } from '@oclif/core';
import type { CompletedCommand } from '../report/completion/table.ts';

/** The commands as completion needs them, from what is known without loading one. */
export function completedCommands(commands: readonly Command.Loadable[]): readonly CompletedCommand[] {
  return commands
    .filter(({ hidden }) => !hidden)
    .map(({ id, summary = '', flags }) => ({
      name: id.replaceAll(':', ' '),
      summary,
      flags: Object.values(flags).map((flag) => ({
        name: flag.name,
        ...(flag.char === undefined ? {} : { short: flag.char }),
        summary: flag.summary ?? flag.description ?? '',
        takesValue: flag.type === 'option',
        values: flag.type === 'option' ? (flag.options ?? []) : [],
      })),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
