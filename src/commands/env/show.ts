import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.ts';
import { printEnvironment } from '../../report/daily.ts';
import type { EnvironmentReport } from '../../report/values.ts';

export default class EnvironmentShow extends BaseCommand {
  static override summary = 'Show the variables of a container, with their values';
  static override description = 'Values may be secret: only root can read them.';
  static override examples = ['<%= config.bin %> env show web', '<%= config.bin %> env show shop.db --json'];
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };

  async run(): Promise<EnvironmentReport> {
    const { args } = await this.parse(EnvironmentShow);
    return this.runFlow({
      command: 'env show',
      flow: async (context) =>
        (await import('../../flows/environment.ts')).showEnvironment(context, args.name),
      print: printEnvironment,
    });
  }
}
