import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import type { OutdatedReport } from '../flows/outdated.ts';
import { printOutdated } from '../report/outdated.ts';

export default class Outdated extends HostsCommand {
  static override summary = 'Show which containers run an older image than their registry has';
  static override usage = 'outdated [NAME…] [FLAGS]';
  static override description =
    'Asks the registry of each image what it has under the name now, with the logins that a pull would use, and fetches nothing. Exit status 10 when one is outdated; gear set NAME --pull always updates it.';
  static override examples = [
    '<%= config.bin %> outdated',
    '<%= config.bin %> outdated shop --json',
    '<%= config.bin %> outdated --host all',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app' }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<OutdatedReport>> {
    const { raw, flags } = await this.parse(Outdated);
    return this.runOnHosts({
      command: 'outdated',
      targets: await targetsOf(wordsOf(raw), flags.host),
      flow: async (context, names) => (await import('../flows/outdated.ts')).findOutdated(context, names),
      print: ({ rows }, style) => printOutdated(rows, style),
      judge: ({ rows, failures }) => ({
        failures,
        ...(rows.some(({ age }) => age === 'outdated') ? { kind: 'changes' as const } : {}),
      }),
    });
  }
}
