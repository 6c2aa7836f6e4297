import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { printHistory } from '../report/history.ts';
import type { HistoryRow } from '../report/values.ts';

export default class History extends BaseCommand {
  static override summary = 'List the kept generations of this host, newest first';
  static override description =
    'A generation is one complete set of units. Ten are kept. With a name, only those in which that container or app changed.';
  static override examples = ['<%= config.bin %> history', '<%= config.bin %> history web --json'];
  static override args = { name: Args.string({ description: 'Name of a container or app' }) };

  async run(): Promise<readonly HistoryRow[]> {
    const { args } = await this.parse(History);
    return this.runFlow({
      command: 'history',
      flow: async (context) => (await import('../flows/history.ts')).history(context, args.name),
      print: printHistory,
    });
  }
}
