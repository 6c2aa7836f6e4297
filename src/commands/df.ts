import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../cli/targets.ts';
import { printDiskUse } from '../report/disk-use.ts';
import type { DiskReport } from '../report/values-of-use.ts';

export default class Df extends HostsCommand {
  static override summary = 'Show how much of the disk containers hold, and what gear clean would free';
  static override description =
    'For each container its image, what it wrote into itself, and its volumes; then the generations and files of gear, and volumes that no container has any more. Large volumes take a while to count.';
  static override examples = ['<%= config.bin %> df', '<%= config.bin %> df --json'];
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<DiskReport>> {
    const { flags } = await this.parse(Df);
    return this.runOnHosts({
      command: 'df',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../flows/disk-use.ts')).diskUse(context),
      print: printDiskUse,
    });
  }
}
