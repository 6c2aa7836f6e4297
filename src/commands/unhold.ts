import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { waitFlags } from '../cli/flags.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Unhold extends HostsCommand {
  static override summary = 'End the hold of containers, and start them';
  static override usage = 'unhold NAME… [FLAGS]';
  static override description =
    'As gear start: on boot they start again too, and the timer of the hold is gone.';
  static override examples = ['<%= config.bin %> unhold web', '<%= config.bin %> unhold shop --timeout 2m'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };
  static override flags = { ...waitFlags, ...hostFlag };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Unhold);
    const names = wordsOf(raw);
    return this.runOnHosts({
      command: `unhold ${names.join(' ')}`,
      targets: await targetsOf(names, flags.host),
      flow: async (context, on) =>
        (await import('../flows/start.ts')).startContainers(context, { names: on, ...waitOptions(flags) }),
      print: printChange,
    });
  }
}
