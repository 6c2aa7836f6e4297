import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Rollback extends HostsCommand {
  static override summary = 'Make a container or an app what it was in an earlier generation';
  static override description =
    'Writes a new generation in which only this container or app is as it was; what others changed meanwhile stays. Without --to, what it was before its last change; the same command once more goes one further back, and never to what was undone.';
  static override examples = ['<%= config.bin %> rollback web', '<%= config.bin %> rollback shop --to 12'];
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };
  static override flags = {
    to: Flags.integer({ description: 'Number of the generation, from gear history', min: 1 }),
    ...waitFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { args, flags } = await this.parse(Rollback);
    return this.runOnHosts({
      command: `rollback ${args.name}`,
      targets: await targetsOf([args.name], flags.host),
      flow: async (context, [name = ''], host) =>
        (await import('../flows/rollback.ts')).rollback(context, {
          name,
          typed: host === '' ? name : `${host}/${name}`,
          ...(flags.to === undefined ? {} : { to: flags.to }),
          ...waitOptions(flags),
        }),
      print: printChange,
    });
  }
}
