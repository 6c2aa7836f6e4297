import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Restart extends HostsCommand {
  static override summary = 'Restart containers; stopped ones are started';
  static override usage = 'restart NAME… [FLAGS]';
  static override description = 'Waits until the container runs and, where it has a health check, is ready.';
  static override examples = [
    '<%= config.bin %> restart web',
    '<%= config.bin %> restart shop.web db --timeout 2m',
  ];
  static override strict = false;
  static override args = {
    name: Args.string({ description: 'Name of a container, or of its unit', required: true }),
  };
  static override flags = { ...waitFlags, ...hostFlag };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Restart);
    const names = wordsOf(raw);
    return this.runOnHosts({
      command: `restart ${names.join(' ')}`,
      targets: await targetsOf(names, flags.host),
      flow: async (context, on) =>
        (await import('../flows/restart.ts')).restartContainers(context, {
          names: on,
          ...waitOptions(flags),
        }),
      print: printChange,
    });
  }
}
