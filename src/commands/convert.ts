import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { descriptorPaths, fileFlag, fromFlag, profileFlag } from '../cli/descriptor-paths.ts';
import { readConvertible } from '../cli/read-convertible.ts';
import { wordsOf } from '../cli/words.ts';
import type { Converted } from '../flows/convert.ts';
import { printExport } from '../report/export.ts';

export default class Convert extends BaseCommand {
  static override summary = 'Print a file of another format as a native descriptor';
  static override usage = 'convert FILE|FOLDER [-f FILE…] [FLAGS]';
  static override description =
    'Every key is kept, approximated or refused, and each that is not kept is told on stderr and in a comment: docs/formats lists them all. Variables are filled in. Exit status 4 where something cannot be had.';
  static override examples = [
    '<%= config.bin %> convert compose.yaml',
    '<%= config.bin %> convert compose.yaml --strict',
    '<%= config.bin %> convert compose.yaml --json',
  ];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    from: fromFlag,
    profile: profileFlag,
    strict: Flags.boolean({
      description: 'Refuse what is only approximated as well, and print nothing then',
    }),
  };

  async run(): Promise<Converted> {
    const { raw, flags } = await this.parse(Convert);
    const words = wordsOf(raw);
    const app = await readConvertible(descriptorPaths('convert', words, flags));
    const converted = await this.runFlow({
      command: ['convert', ...words].join(' '),
      flow: async (context) => (await import('../flows/convert.ts')).convert(context, app, flags.strict),
      print: printExport,
    });
    if (converted.refused > 0) this.endWith('input');
    return converted;
  }
}
