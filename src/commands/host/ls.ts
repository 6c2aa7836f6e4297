import { BaseCommand } from '../../cli/base-command.ts';
import { inventoryRows, inventoryTable } from '../../cli/inventory.ts';
import type { HostRow } from '../../report/values.ts';

export default class HostList extends BaseCommand {
  static override summary = 'List the hosts of the inventory';
  static override description = 'Reads hosts.yaml and asks no host anything.';
  static override examples = ['<%= config.bin %> host ls', '<%= config.bin %> host ls --json'];

  async run(): Promise<readonly HostRow[]> {
    await this.parse(HostList);
    const rows = await inventoryRows();
    this.log(inventoryTable(rows));
    return rows;
  }
}
