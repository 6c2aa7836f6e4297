import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Stop extends HostsCommand {
  static override summary = 'Stop containers and keep them stopped';
  static override usage = 'stop NAME… [FLAGS]';
  static override description =
    'Stopped stays stopped, over reboots, updates and other commands, until gear start. Who stopped it, and when, stands in gear status.';
  static override examples = ['<%= config.bin %> stop web', '<%= config.bin %> stop shop.web db --no-wait'];
  static override strict = false;
  static override args = {
    name: Args.string({ description: 'Name of a container, or of its unit', required: true }),
  };
  static override flags = { ...waitFlags, ...hostFlag };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Stop);
    const names = wordsOf(raw);
    return this.runOnHosts({
      command: `stop ${names.join(' ')}`,
      targets: await targetsOf(names, flags.host),
      flow: async (context, on) =>
        (await import('../flows/stop.ts')).stopContainers(context, { names: on, ...waitOptions(flags) }),
      print: printChange,
    });
  }
}
