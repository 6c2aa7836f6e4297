import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { environmentFlags, waitFlags } from '../../cli/flags.ts';
import { readSetChange } from '../../cli/read-requests.ts';
import { waitOptions } from '../../cli/wait-options.ts';
import { wordsOf } from '../../cli/words.ts';
import { printChange } from '../../report/change.ts';
import type { ChangeReport } from '../../report/values.ts';

export default class EnvironmentSet extends HostsCommand {
  static override summary = 'Set variables of a container, which starts anew with them';
  static override usage = 'env set NAME KEY=VALUE… [--env-file FILE]';
  static override description =
    'As gear set NAME KEY=VALUE. Words are visible in ps and the history of the shell; --env-file reads them from a file, and --secret gives a variable the value of a secret.';
  static override examples = [
    '<%= config.bin %> env set web LOG_LEVEL=debug',
    '<%= config.bin %> env set web --env-file web.env',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };
  static override flags = {
    ...environmentFlags,
    ...waitFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(EnvironmentSet);
    const { change, command } = await readSetChange({ words: wordsOf(raw) }, flags);
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
