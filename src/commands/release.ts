import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { printRelease } from '../report/adopt.ts';
import type { ReleaseReport } from '../report/values-of-adoption.ts';

export default class Release extends BaseCommand {
  static override summary = 'Give an adopted container back, without stopping it';
  static override description =
    'It gets the name and the restart policy that it had before gear adopt, and its unit goes. What gear has made anew since is left to systemd by gear eject instead.';
  static override examples = ['<%= config.bin %> release db', '<%= config.bin %> release web --json'];
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };

  async run(): Promise<ReleaseReport> {
    const { args } = await this.parse(Release);
    return this.runFlow({
      command: `release ${args.name}`,
      flow: async (context) => (await import('../flows/release.ts')).releaseContainer(context, args.name),
      print: printRelease,
    });
  }
}
