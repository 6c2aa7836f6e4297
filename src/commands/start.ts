import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Start extends HostsCommand {
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
  static override flags = { ...waitFlags, ...hostFlag };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Start);
    const names = wordsOf(raw);
    return this.runOnHosts({
      command: `start ${names.join(' ')}`,
      targets: await targetsOf(names, flags.host),
      flow: async (context, on) =>
        (await import('../flows/start.ts')).startContainers(context, { names: on, ...waitOptions(flags) }),
      print: printChange,
    });
  }

  protected override async catch(error: Error): Promise<unknown> {
    const ended = await super.catch(error);
    this.endAsJob(error);
    return ended;
  }
}
