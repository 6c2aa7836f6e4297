import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../cli/targets.ts';
import { printHostsList, printList } from '../report/list.ts';
import type { ListRow } from '../report/values.ts';

export default class List extends HostsCommand {
  static override summary = 'List the containers that gear has on this host';
  static override description =
    'Needs no root, and answers when the engine does not. Of what has a health check, an engine that may be asked tells whether that fails by now.';
  static override examples = ['<%= config.bin %> ls', '<%= config.bin %> ls --host web1 --host root@db1'];
  static override aliases = ['list-units'];

  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly ListRow[]>> {
    const { flags } = await this.parse(List);
    const nowMs = Date.now();
    return this.runOnHosts({
      command: 'ls',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../flows/list.ts')).listContainers(context),
      print: (rows, style) => printList(rows, style, nowMs),
      printAll: (values, style) => printHostsList(values, style, nowMs),
    });
  }
}
