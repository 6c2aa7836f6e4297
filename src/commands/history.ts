import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { printHistory } from '../report/history.ts';
import type { HistoryRow } from '../report/values.ts';

export default class History extends HostsCommand {
  static override summary = 'List the kept generations of this host, newest first';
  static override description =
    'A generation is one complete set of units. Ten are kept. With a name, only those in which that container or app changed.';
  static override examples = ['<%= config.bin %> history', '<%= config.bin %> history web --json'];
  static override args = { name: Args.string({ description: 'Name of a container or app' }) };

  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly HistoryRow[]>> {
    const { args, flags } = await this.parse(History);
    return this.runOnHosts({
      command: 'history',
      targets: await targetsOf(args.name === undefined ? [] : [args.name], flags.host),
      flow: async (context, [name]) => (await import('../flows/history.ts')).history(context, name),
      print: printHistory,
    });
  }
}
