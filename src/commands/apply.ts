import { Flags } from '@oclif/core';
import { appsFlags, readAppsInput } from '../cli/apps-input.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { appsTargets } from '../cli/apps-targets.ts';
import { describeApps } from '../cli/describe-apps.ts';
import { confirmTogether } from '../cli/confirm-hosts.ts';
import { fileFlag } from '../cli/descriptor-paths.ts';
import { planFor } from '../cli/plan-file.ts';
import { pullFlag, waitFlags } from '../cli/flags.ts';
import { pullPolicy, waitOptions } from '../cli/wait-options.ts';
import { hostFlag } from '../cli/targets.ts';
import { tellElsewhere } from '../cli/tell-elsewhere.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Apply extends HostsCommand {
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
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Apply);
    const words = wordsOf(raw);
    const { input, asked, hosts, plans, templates } = await readAppsInput('apply', words, flags);
    await tellElsewhere(input.apps, asked, (note) => this.logToStderr(note));
    const targets = await appsTargets(input, hosts);
    const given = {
      pull: pullPolicy(flags.pull),
      ...waitOptions(flags),
    };
    const together = confirmTogether(targets, 'apply');
    return this.runOnHosts({
      command: historyLine(words, flags.file),
      targets,
      given: ({ apps }) => describeApps(apps, asked),
      flow: async (context, apps, host) => {
        const { applyApps, confirmAndApply } = await import('../flows/apply.ts');
        const all = { ...apps, ...given, ...(plans === undefined ? {} : { expected: planFor(host, plans) }) };
        const inner = { ...context, templates };
        if (flags.yes) return applyApps(inner, all);
        return together(host, (confirm) => confirmAndApply(inner, all, confirm));
      },
      print: printChange,
      judge: (report) => ({ failures: report.failures ?? [] }),
    });
  }
}

function historyLine(words: readonly string[], overlays: readonly string[] = []): string {
  return ['apply', ...words, ...overlays.map((file) => `-f ${file}`)].join(' ');
}
