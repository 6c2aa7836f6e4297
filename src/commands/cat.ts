import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printSources } from '../report/cat.ts';
import type { UnitSource } from '../report/values.ts';

export default class Cat extends HostsCommand {
  static override summary = 'Show the units of containers, and where each line comes from';
  static override usage = 'cat NAME…';
  static override description =
    'The units as systemd reads them, drop-ins after them. Beside each line stands the flag that it follows from, with the line of the descriptor, or of the file laid over it, that says so; or the gate that it calls, or the template that has it.';
  static override examples = ['<%= config.bin %> cat web', '<%= config.bin %> cat shop --json'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly UnitSource[]>> {
    const { raw, flags } = await this.parse(Cat);
    const names = wordsOf(raw);
    return this.runOnHosts({
      command: 'cat',
      targets: await targetsOf(names, flags.host),
      flow: async (context, on, host) => {
        // What was applied from another machine lies there.
        const places =
          host === '' ? (await import('../cli/descriptor-places.ts')).descriptorPlaces : undefined;
        return (await import('../flows/cat.ts')).unitSources(context, on, places);
      },
      print: printSources,
    });
  }
}
