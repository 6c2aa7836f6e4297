import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printNotifyChange } from '../../report/notify.ts';
import type { NotifyChange } from '../../report/values-of-notify.ts';

export default class NotifyRemove extends HostsCommand {
  static override summary = 'Tell a target no more';
  static override description =
    'With the last one, what gear gave systemd for it goes too. Nothing restarts.';
  static override examples = ['<%= config.bin %> notify rm chat'];
  static override args = { name: Args.string({ description: 'Name of the target', required: true }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<NotifyChange>> {
    const { args, flags } = await this.parse(NotifyRemove);
    return this.runOnHosts({
      command: `notify rm ${args.name}`,
      targets: await targetsFor(args.name, flags.host),
      flow: async (context, name) => (await import('../../flows/notify.ts')).removeTarget(context, name),
      print: printNotifyChange,
    });
  }
}
