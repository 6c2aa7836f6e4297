import { BaseCommand } from '../cli/base-command.ts';
import { printList } from '../report/list.ts';
import type { ListRow } from '../report/values.ts';

export default class List extends BaseCommand {
  static override summary = 'List the containers that gear has on this host';
  static override description = 'Needs no root, and asks systemd alone: it answers when the engine does not.';
  static override examples = ['<%= config.bin %> ls', '<%= config.bin %> ls --json'];
  static override aliases = ['list-units'];

  async run(): Promise<readonly ListRow[]> {
    await this.parse(List);
    return this.runFlow({
      command: 'ls',
      flow: async (context) => (await import('../flows/list.ts')).listContainers(context),
      print: (rows, style) => printList(rows, style, Date.now()),
    });
  }
}
