import { Args } from '@oclif/core';
import { HostsCommand } from '../cli/hosts-command.ts';
import { hostAndName, oneHostFlag } from '../cli/one-host.ts';
import { printRelease } from '../report/adopt.ts';
import type { ReleaseReport } from '../report/values-of-adoption.ts';

export default class Release extends HostsCommand {
  static override summary = 'Give an adopted container back, without stopping it';
  static override description =
    'It gets the name and the restart policy that it had before gear adopt, and its unit goes. What gear has made anew since is left to systemd by gear eject instead.';
  static override examples = ['<%= config.bin %> release db', '<%= config.bin %> release web1/db'];
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };
  static override flags = { ...oneHostFlag };

  async run(): Promise<ReleaseReport> {
    const { args, flags } = await this.parse(Release);
    const { on, name } = await hostAndName(args.name, flags.host);
    return this.runOnOne({
      on,
      command: `release ${name}`,
      flow: async (context) => (await import('../flows/release.ts')).releaseContainer(context, name),
      print: printRelease,
    });
  }
}
