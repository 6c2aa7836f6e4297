import { Flags } from '@oclif/core';
import { confirmEach } from '../cli/confirm-text.ts';
import { errorStyle } from '../cli/error-style.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../cli/targets.ts';
import { printClean, printRemovals } from '../report/clean.ts';
import type { CleanReport } from '../report/values.ts';

export default class Clean extends HostsCommand {
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
    ...hostFlag,
  };

  async run(): Promise<OnHosts<CleanReport>> {
    const { flags } = await this.parse(Clean);
    const confirm = confirmEach('clean');
    return this.runOnHosts({
      command: 'clean',
      targets: await targetsFor(null, flags.host),
      flow: async (context, _, host) =>
        (await import('../flows/clean.ts')).cleanHost(context, {
          keep: flags.keep,
          confirm: (removals) =>
            flags.yes ? Promise.resolve(true) : confirm(host, printRemovals(removals, errorStyle())),
        }),
      print: printClean,
    });
  }
}
