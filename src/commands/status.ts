import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { wordsOf } from '../cli/words.ts';
import { printStatus } from '../report/status.ts';
import type { StatusRow } from '../report/values.ts';

export default class Status extends BaseCommand {
  static override summary = 'Show how containers are, and what is not as declared';
  static override usage = 'status [NAME…]';
  static override description =
    'Names what is wrong, with what to type and the last lines. Exit status 1 when something is wrong with a container that was named, 0 otherwise.';
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status web db --json'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container; all without' }) };

  async run(): Promise<readonly StatusRow[]> {
    const { raw } = await this.parse(Status);
    const names = wordsOf(raw);
    const rows = await this.runFlow({
      command: 'status',
      flow: async (context) => (await import('../flows/status.ts')).statusOf(context, names),
      print: (value, style) => printStatus(value, style, Date.now()),
    });
    if (names.length > 0 && rows.some((row) => row.problems.length > 0)) this.endWith('failed');
    return rows;
  }
}
