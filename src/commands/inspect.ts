import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printInspect } from '../report/daily.ts';
import type { InspectReport } from '../report/values.ts';

export default class Inspect extends HostsCommand {
  static override summary = 'Show all that is known of containers, as JSON';
  static override usage = 'inspect NAME…';
  static override description =
    'What gear declared, what systemd has loaded, and what the engine says of the container, values of its environment among it.';
  static override examples = ['<%= config.bin %> inspect web', '<%= config.bin %> inspect shop.db'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly InspectReport[]>> {
    const { raw, flags } = await this.parse(Inspect);
    const names = wordsOf(raw);
    return this.runOnHosts({
      command: 'inspect',
      targets: await targetsOf(names, flags.host),
      flow: async (context, on) => (await import('../flows/inspect.ts')).inspectContainers(context, on),
      print: printInspect,
    });
  }
}
