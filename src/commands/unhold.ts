import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Unhold extends BaseCommand {
  static override summary = 'End the hold of containers, and start them';
  static override usage = 'unhold NAME… [FLAGS]';
  static override description =
    'As gear start: on boot they start again too, and the timer of the hold is gone.';
  static override examples = ['<%= config.bin %> unhold web', '<%= config.bin %> unhold shop --timeout 2m'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };
  static override flags = { ...waitFlags };

  async run(): Promise<ChangeReport> {
    const { raw, flags } = await this.parse(Unhold);
    const names = wordsOf(raw);
    return this.runFlow({
      command: `unhold ${names.join(' ')}`,
      flow: async (context) =>
        (await import('../flows/start.ts')).startContainers(context, { names, ...waitOptions(flags) }),
      print: printChange,
    });
  }
}
