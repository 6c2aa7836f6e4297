import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { confirmText } from '../cli/confirm-text.ts';
import { errorStyle } from '../cli/error-style.ts';
import { printClean, printRemovals } from '../report/clean.ts';
import type { CleanReport } from '../report/values.ts';

export default class Clean extends BaseCommand {
  static override summary = 'Remove what only gear made and nothing needs any more';
  static override description =
    'Older generations with their files and tags, what interrupted commands left, containers of gear run, and images that gear fetched. All of it is shown before; --yes does not ask. What a kept generation needs stays, and so does every volume.';
  static override examples = ['<%= config.bin %> clean', '<%= config.bin %> clean --keep 1 --yes'];
  static override flags = {
    keep: Flags.integer({
      description: 'How many generations stay to go back to, the present one among them',
      default: 10,
      min: 1,
      max: 10,
    }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
  };

  async run(): Promise<CleanReport> {
    const { flags } = await this.parse(Clean);
    return this.runFlow({
      command: 'clean',
      flow: async (context) =>
        (await import('../flows/clean.ts')).cleanHost(context, {
          keep: flags.keep,
          confirm: (removals) =>
            flags.yes ? Promise.resolve(true) : confirmText(printRemovals(removals, errorStyle()), 'clean'),
        }),
      print: printClean,
    });
  }
}
