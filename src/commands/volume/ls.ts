import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printVolumes } from '../../report/volumes.ts';
import type { VolumeRow } from '../../report/values-of-volumes.ts';

export default class VolumeList extends HostsCommand {
  static override summary = 'List the volumes of containers, and who uses them';
  static override description =
    'Those that declared containers have, and those that gear made and nobody has any more. A restore that was interrupted is shown. gear df tells how much is in them.';
  static override examples = ['<%= config.bin %> volume ls', '<%= config.bin %> volume ls --json'];
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly VolumeRow[]>> {
    const { flags } = await this.parse(VolumeList);
    return this.runOnHosts({
      command: 'volume ls',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../../flows/volume-list.ts')).listVolumes(context),
      print: printVolumes,
    });
  }
}
