import { Args, Flags } from '@oclif/core';
import { confirmTogether } from '../cli/confirm-hosts.ts';
import { keptApps, keptOf, refuseAlive } from '../cli/dead-host.ts';
import { waitFlags } from '../cli/flags.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { oneChosen } from '../cli/one-chosen.ts';
import { recoverSources } from '../cli/recover-sources.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printRecover } from '../report/recover.ts';
import type { RecoverReport } from '../report/values.ts';

export default class Recover extends HostsCommand {
  static override summary = 'Run on another host what a dead one ran';
  static override usage = 'recover DEAD [APP…] --to HOST [FLAGS]';
  static override description =
    'Whenever gear changes another host, it keeps what that has where gear is typed, without secret values. recover applies it elsewhere: shows the plan, asks, and says which volumes start empty and which secrets are missing. Values of variables come from the descriptors that the apps were applied from, or from --env-file. Refuses while DEAD answers.';
  static override examples = [
    '<%= config.bin %> recover web1 --to web2',
    '<%= config.bin %> recover web1 shop --to web2 --env-file shop.env --yes',
  ];
  static override strict = false;
  static override args = {
    dead: Args.string({ description: 'The host that is gone, as it was named before', required: true }),
  };
  static override flags = {
    to: Flags.string({ description: 'The host that is to run it', helpValue: 'HOST', required: true }),
    'env-file': Flags.string({
      description: 'Values that are kept nowhere, as NAME=VALUE lines',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    force: Flags.boolean({
      description: 'Even though the dead host answers; its containers surely do not run',
    }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
    ...waitFlags,
  };

  async run(): Promise<OnHosts<RecoverReport>> {
    const { raw, flags } = await this.parse(Recover);
    const [dead = '', ...named] = wordsOf(raw);
    const record = await keptOf(dead);
    const apps = keptApps(record, dead, named);
    const to = await oneChosen(flags.to);
    if (!flags.force) await refuseAlive(dead, this.config.version);
    const tell = (note: string): void => {
      this.logToStderr(note);
    };
    const sources = await recoverSources(record, apps, { files: flags['env-file'] ?? [], tell });
    const targets = [{ ...to, input: null }];
    const together = confirmTogether(targets, `recover ${dead}`);
    return this.runOnHosts({
      command: ['recover', dead, ...named].join(' '),
      targets,
      flow: async (context, _input, host) => {
        const { recoverApps } = await import('../flows/recover.ts');
        const input = { dead, manifest: record.manifest, apps, sources, ...waitOptions(flags) };
        if (flags.yes) return recoverApps(context, input, null);
        return together(host, (confirm) => recoverApps(context, input, confirm));
      },
      print: (report, style) => printRecover(report, dead, style),
      judge: (report) => ({ failures: report.failures ?? [] }),
    });
  }
}
