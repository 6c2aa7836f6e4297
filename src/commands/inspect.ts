import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { wordsOf } from '../cli/words.ts';
import { printInspect } from '../report/daily.ts';
import type { InspectReport } from '../report/values.ts';

export default class Inspect extends BaseCommand {
  static override summary = 'Show all that is known of containers, as JSON';
  static override usage = 'inspect NAME…';
  static override description =
    'What gear declared, what systemd has loaded, and what the engine says of the container, values of its environment among it.';
  static override examples = ['<%= config.bin %> inspect web', '<%= config.bin %> inspect shop.db'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };

  async run(): Promise<readonly InspectReport[]> {
    const { raw } = await this.parse(Inspect);
    const names = wordsOf(raw);
    return this.runFlow({
      command: 'inspect',
      flow: async (context) => (await import('../flows/inspect.ts')).inspectContainers(context, names),
      print: printInspect,
    });
  }
}
