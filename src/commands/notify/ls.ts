import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printTargets } from '../../report/notify.ts';
import type { NotifyRow } from '../../report/values-of-notify.ts';

export default class NotifyList extends HostsCommand {
  static override summary = 'List who is told of what';
  static override description = 'URLs of webhooks are secrets, and not shown.';
  static override examples = ['<%= config.bin %> notify ls', '<%= config.bin %> notify ls --json'];
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly NotifyRow[]>> {
    const { flags } = await this.parse(NotifyList);
    return this.runOnHosts({
      command: 'notify ls',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../../flows/notify.ts')).listTargets(context),
      print: printTargets,
    });
  }
}
