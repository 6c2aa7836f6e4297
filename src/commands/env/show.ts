import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { printEnvironment } from '../../report/daily.ts';
import type { EnvironmentReport } from '../../report/values.ts';

export default class EnvironmentShow extends HostsCommand {
  static override summary = 'Show the variables of a container, with their values';
  static override description = 'Values may be secret: only root can read them.';
  static override examples = ['<%= config.bin %> env show web', '<%= config.bin %> env show shop.db --json'];
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<EnvironmentReport>> {
    const { args, flags } = await this.parse(EnvironmentShow);
    return this.runOnHosts({
      command: 'env show',
      targets: await targetsOf([args.name], flags.host),
      flow: async (context, [name = '']) =>
        (await import('../../flows/environment.ts')).showEnvironment(context, name),
      print: printEnvironment,
    });
  }
}
