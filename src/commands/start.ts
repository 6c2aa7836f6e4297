import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Start extends BaseCommand {
  static override summary = 'Start containers, now and on boot';
  static override usage = 'start NAME… [FLAGS]';
  static override description =
    'Ends the hold of a stopped container. A running one is not touched. An image that was pruned is fetched again.';
  static override examples = [
    '<%= config.bin %> start web',
    '<%= config.bin %> start shop.web db --timeout 2m',
  ];
  static override strict = false;
  static override args = {
    name: Args.string({ description: 'Name of a container, or of its unit', required: true }),
  };
  static override flags = { ...waitFlags };

  async run(): Promise<ChangeReport> {
    const { raw, flags } = await this.parse(Start);
    const names = wordsOf(raw);
    return this.runFlow({
      command: `start ${names.join(' ')}`,
      flow: async (context) =>
        (await import('../flows/start.ts')).startContainers(context, { names, ...waitOptions(flags) }),
      print: printChange,
    });
  }

  protected override async catch(error: Error): Promise<unknown> {
    const ended = await super.catch(error);
    this.endAsJob(error);
    return ended;
  }
}
