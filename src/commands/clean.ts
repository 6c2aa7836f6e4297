import { Flags } from '@oclif/core';
import { confirmTextTogether } from '../cli/confirm-hosts.ts';
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
    const targets = await targetsFor(null, flags.host);
    const together = confirmTextTogether(targets, 'clean');
    return this.runOnHosts({
      command: 'clean',
      targets,
      flow: async (context, _, host) => {
        const { cleanHost } = await import('../flows/clean.ts');
        const { keep } = flags;
        if (flags.yes) return cleanHost(context, { keep, confirm: () => Promise.resolve(true) });
        return together(host, (confirm) =>
          cleanHost(context, {
            keep,
            confirm: (removals) => confirm(printRemovals(removals, errorStyle())),
          }),
        );
      },
      print: printClean,
    });
  }
}
