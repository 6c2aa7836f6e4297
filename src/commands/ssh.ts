import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { openTerminal } from '../cli/context.ts';
import { splitAtCommand } from '../cli/split-command.ts';
import { oneHost } from '../cli/find-hosts.ts';

export default class Ssh extends BaseCommand {
  static override summary = 'Log in to a host over the connection that gear uses';
  static override usage = 'ssh HOST [[--] COMMAND ARG…]';
  static override description =
    'By its name in the inventory, an alias of ssh_config, or its address. A passphrase that is asked here is asked of no other command for a minute. Ends with the exit status of what ran there.';
  static override examples = ['<%= config.bin %> ssh web1', '<%= config.bin %> ssh web1 -- uptime'];
  static override args = { host: Args.string({ description: 'The host', required: true }) };

  async run(): Promise<{ readonly exitStatus: number }> {
    const { words, command = [] } = splitAtCommand(this.argv, {}, (_word, index) => index === 0);
    const { args } = await this.parse(Ssh, [...words]);
    const exitStatus = await openTerminal(await oneHost(args.host), command);
    process.exitCode = exitStatus;
    return { exitStatus };
  }
}
