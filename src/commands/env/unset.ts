import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { waitFlags } from '../../cli/flags.ts';
import { readSetChange } from '../../cli/read-requests.ts';
import { waitOptions } from '../../cli/wait-options.ts';
import { wordsOf } from '../../cli/words.ts';
import { printChange } from '../../report/change.ts';
import type { ChangeReport } from '../../report/values.ts';

export default class EnvironmentUnset extends HostsCommand {
  static override summary = 'Take variables of a container away, which starts anew without them';
  static override usage = 'env unset NAME KEY…';
  static override description = 'As gear set NAME --unset-env KEY. Variables that the image sets stay.';
  static override examples = ['<%= config.bin %> env unset web TRACE', '<%= config.bin %> env unset web A B'];
  static override strict = false;
  static override args = {
    name: Args.string({ description: 'Name of a container', required: true }),
    key: Args.string({ description: 'Name of a variable', required: true }),
  };
  static override flags = { ...waitFlags, ...hostFlag };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(EnvironmentUnset);
    const [name = '', ...keys] = wordsOf(raw);
    const { change, command } = await readSetChange({ words: [name] }, { 'unset-env': keys });
    return this.runOnHosts({
      command,
      targets: await targetsOf(change.names, flags.host),
      flow: async (context, names) =>
        (await import('../../flows/set.ts')).setContainers(context, {
          ...change,
          names,
          pull: 'missing',
          ...waitOptions(flags),
        }),
      print: printChange,
    });
  }
}
