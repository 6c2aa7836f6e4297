import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { wordsOf } from '../cli/words.ts';
import { printSources } from '../report/cat.ts';
import type { UnitSource } from '../report/values.ts';

export default class Cat extends BaseCommand {
  static override summary = 'Show the units of containers, and where each line comes from';
  static override usage = 'cat NAME…';
  static override description =
    'The units as systemd reads them, drop-ins after them. Beside each line stands the flag that it follows from, the gate that it calls, or the template that has it.';
  static override examples = ['<%= config.bin %> cat web', '<%= config.bin %> cat shop --json'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };

  async run(): Promise<readonly UnitSource[]> {
    const { raw } = await this.parse(Cat);
    const names = wordsOf(raw);
    return this.runFlow({
      command: 'cat',
      flow: async (context) => (await import('../flows/cat.ts')).unitSources(context, names),
      print: printSources,
    });
  }
}
