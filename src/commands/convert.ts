import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { readConvertible } from '../cli/read-convertible.ts';
import type { Converted } from '../flows/convert.ts';
import { printExport } from '../report/export.ts';

export default class Convert extends BaseCommand {
  static override summary = 'Print a Compose file as a native descriptor';
  static override description =
    'Every key is kept, approximated or refused, and each that is not kept is told on stderr and in a comment: docs/formats/compose.md lists them all. Variables are filled in. Exit status 4 where something cannot be had.';
  static override examples = [
    '<%= config.bin %> convert compose.yaml',
    '<%= config.bin %> convert compose.yaml --strict',
    '<%= config.bin %> convert compose.yaml --json',
  ];
  static override args = { file: Args.string({ description: 'A Compose file', required: true }) };
  static override flags = {
    strict: Flags.boolean({
      description: 'Refuse what is only approximated as well, and print nothing then',
    }),
  };

  async run(): Promise<Converted> {
    const { args, flags } = await this.parse(Convert);
    const app = await readConvertible(args.file);
    const converted = await this.runFlow({
      command: `convert ${args.file}`,
      flow: async (context) => (await import('../flows/convert.ts')).convert(context, app, flags.strict),
      print: printExport,
    });
    if (converted.refused > 0) this.endWith('input');
    return converted;
  }
}
