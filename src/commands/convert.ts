import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { absolute, descriptorPaths, fileFlag, fromFlag, profileFlag } from '../cli/descriptor-paths.ts';
import { readConvertible } from '../cli/read-convertible.ts';
import { wordsOf } from '../cli/words.ts';
import type { ConvertReport } from '../flows/convert.ts';
import { printConverted } from '../report/converted.ts';

export default class Convert extends BaseCommand {
  static override summary = 'Turn files of other formats into native descriptors';
  static override usage = 'convert FILE|FOLDER… [-f FILE…] [FLAGS]';
  static override description =
    'Every key is kept, approximated or refused, and each that is not kept is told on stderr and in a comment: docs/formats lists them all. Variables are filled in. Of several apps, and with --out, each is written into the folder as APP.yaml, with absolute paths. Exit status 4 where something cannot be had.';
  static override examples = [
    '<%= config.bin %> convert compose.yaml',
    '<%= config.bin %> convert compose.yaml --strict',
    '<%= config.bin %> convert stacks/ --out native',
  ];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    from: fromFlag,
    profile: profileFlag,
    strict: Flags.boolean({
      description: 'Refuse what is only approximated as well, and print nothing then',
    }),
    out: Flags.string({ description: 'Folder to write the descriptors into', helpValue: 'FOLDER' }),
  };

  async run(): Promise<ConvertReport> {
    const { raw, flags } = await this.parse(Convert);
    const words = wordsOf(raw);
    const { out, strict } = flags;
    const apps = readConvertible(descriptorPaths('convert', words, flags), {
      moved: out !== undefined,
    });
    const report = await this.runFlow({
      command: ['convert', ...words].join(' '),
      flow: async (context) =>
        (await import('../flows/convert.ts')).convert(context, {
          apps,
          strict,
          whole: this.jsonEnabled(),
          ...(out === undefined ? {} : { out: absolute(out) }),
        }),
      print: printConverted,
    });
    if (report.refused > 0) this.endWith('input');
    return report;
  }
}
