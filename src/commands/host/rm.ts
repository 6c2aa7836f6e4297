import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.ts';
import { dropHost } from '../../cli/inventory.ts';

export default class HostRemove extends BaseCommand {
  static override summary = 'Take a host out of the inventory; what runs there runs on';
  static override description = 'Its key stays in known_hosts: ssh-keygen -R takes it out.';
  static override examples = ['<%= config.bin %> host rm web1'];
  static override args = { name: Args.string({ description: 'Name of the host', required: true }) };

  async run(): Promise<{ readonly removed: string }> {
    const { args } = await this.parse(HostRemove);
    await dropHost(args.name);
    this.log(`${args.name} removed from the inventory`);
    return { removed: args.name };
  }
}
