import { Args } from '@oclif/core';
import { HostsCommand } from '../cli/hosts-command.ts';
import { hostOf, oneHostFlag } from '../cli/one-host.ts';
import { diffSide } from '../cli/diff-side.ts';
import type { AppDifference } from '../core/descriptor/diff/compare-apps.ts';
import { printDiff } from '../report/diff.ts';

export default class Diff extends HostsCommand {
  static override summary = 'Compare two descriptors, or one with what runs, by what they mean';
  static override description =
    'Comments, the order of keys and ways to write the same are no difference; values of variables and contents of files are compared and never shown. A word with a dot or a slash is a file, any other is an app of this host, or of --host. Exit status 10 when they differ.';
  static override examples = [
    '<%= config.bin %> diff staging.yaml production.yaml',
    '<%= config.bin %> diff shop shop.yaml',
    '<%= config.bin %> diff shop ./new/shop.yaml --json',
    '<%= config.bin %> diff shop shop.yaml --host web1',
  ];
  static override args = {
    before: Args.string({ description: 'A descriptor, or an app of this host', required: true }),
    after: Args.string({ description: 'What it is compared with', required: true }),
  };
  static override flags = { ...oneHostFlag };

  async run(): Promise<AppDifference> {
    const { args, flags } = await this.parse(Diff);
    const [before, after] = await Promise.all([diffSide(args.before), diffSide(args.after)]);
    const difference = await this.runOnOne({
      on: await hostOf(flags.host),
      command: `diff ${args.before} ${args.after}`,
      flow: async (context) => (await import('../flows/diff.ts')).diffApps(context, before, after),
      print: printDiff,
    });
    if (difference.lines.length + difference.containers.length > 0) this.endWith('changes');
    return difference;
  }
}
