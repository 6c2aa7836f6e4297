import { Flags } from '@oclif/core';
import { appsFlags, readAppsInput } from '../cli/apps-input.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { confirmPlan } from '../cli/confirm.ts';
import { fileFlag } from '../cli/descriptor-paths.ts';
import { pullFlag, waitFlags } from '../cli/flags.ts';
import { pullPolicy, waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Apply extends BaseCommand {
  static override summary = 'Make this host run what descriptors say';
  static override usage = 'apply FILE|FOLDER|FILE.plan… [-f FILE…] [FLAGS]';
  static override description =
    'Shows what would change and asks; --yes does not ask. Images are fetched first, then all apps are changed at once. What left a descriptor goes; its volumes stay. An app with a mistake is left as it is, one that does not start or does not become healthy is taken back whole (exit status 6), and neither holds back another. A file that gear plan --out wrote is done just as it was planned, or not at all.';
  static override examples = [
    '<%= config.bin %> apply gear.yaml',
    '<%= config.bin %> apply -f base.yaml -f prod.yaml --yes',
    '<%= config.bin %> apply apps/ --only web --timeout 2m',
    '<%= config.bin %> apply change.plan --yes',
  ];
  static override aliases = ['deploy', 'sync'];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    ...appsFlags,
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
    pull: pullFlag,
    wait: Flags.boolean({
      description: 'Wait until all is ready, which is the default',
      exclusive: ['no-wait'],
    }),
    ...waitFlags,
  };

  async run(): Promise<ChangeReport> {
    const { raw, flags } = await this.parse(Apply);
    const words = wordsOf(raw);
    const { input, expected } = await readAppsInput('apply', words, flags);
    const given = {
      ...input,
      pull: pullPolicy(flags.pull),
      ...waitOptions(flags),
      ...(expected === undefined ? {} : { expected }),
    };
    const report = await this.runFlow({
      command: historyLine(words, flags.file),
      flow: async (context) => {
        const { applyApps, confirmAndApply } = await import('../flows/apply.ts');
        if (flags.yes) return applyApps(context, given);
        return confirmAndApply(context, given, (plan) => confirmPlan(plan, 'apply'));
      },
      print: printChange,
    });
    this.endWithFailures(report.failures ?? []);
    return report;
  }
}

function historyLine(words: readonly string[], overlays: readonly string[] = []): string {
  return ['apply', ...words, ...overlays.map((file) => `-f ${file}`)].join(' ');
}
