import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { targetsFor } from '../../cli/targets.ts';
import { wordsOf } from '../../cli/words.ts';
import { printHostCheck } from '../../report/inventory.ts';
import type { HostCheck } from '../../report/values.ts';

export default class HostCheckCommand extends HostsCommand {
  static override summary = 'Check that gear can work on hosts: key, login, rights, systemd, engine';
  static override usage = 'host check [HOST…]';
  static override description =
    'All of the inventory without a name. Changes nothing. Exit status 3 when a host is out of reach; gear doctor --host looks deeper.';
  static override examples = ['<%= config.bin %> host check', '<%= config.bin %> host check web1 root@db1'];
  static override strict = false;
  static override args = { host: Args.string({ description: 'A host; all of the inventory without' }) };

  async run(): Promise<OnHosts<HostCheck>> {
    const { raw } = await this.parse(HostCheckCommand);
    const hosts = wordsOf(raw);
    return this.runOnHosts({
      command: 'host check',
      targets: await targetsFor(null, hosts.length === 0 ? ['all'] : hosts),
      flow: async (context) => (await import('../../flows/host-check.ts')).checkHost(context),
      print: printHostCheck,
    });
  }
}
