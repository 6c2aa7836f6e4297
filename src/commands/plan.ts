import { Flags } from '@oclif/core';
import { appsFlags, readAppsInput } from '../cli/apps-input.ts';
import { appsTargets } from '../cli/apps-targets.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { fileFlag } from '../cli/descriptor-paths.ts';
import { writePlanFile } from '../cli/plan-file.ts';
import { hostFlag } from '../cli/targets.ts';
import { tellElsewhere } from '../cli/tell-elsewhere.ts';
import { wordsOf } from '../cli/words.ts';
import { printPlanReport } from '../report/plan.ts';
import type { PlanReport } from '../report/values-of-plans.ts';

export default class Plan extends HostsCommand {
  static override summary = 'Show what apply would change on this host, and why';
  static override usage = 'plan FILE|FOLDER… [-f FILE…] [FLAGS]';
  static override description =
    'Compares descriptors with what is declared and what runs, container by container. Reads only: fetches no image, takes no lock, writes nothing. Values of the environment and of secrets are compared and never shown. Exit status 10 when something would change, 0 when nothing would.';
  static override examples = [
    '<%= config.bin %> plan gear.yaml',
    '<%= config.bin %> plan -f base.yaml -f prod.yaml --diff',
    '<%= config.bin %> plan apps/ --only web --out change.plan',
  ];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    ...appsFlags,
    diff: Flags.boolean({ description: 'Also show how the texts of units change' }),
    verbose: Flags.boolean({ char: 'v', description: 'Also list each operation with its reason' }),
    out: Flags.string({
      description: 'Write the plan to this file, for gear apply to do just that',
      helpValue: 'FILE',
    }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<PlanReport>> {
    const { raw, flags } = await this.parse(Plan);
    const { input, asked, hosts, templates } = await readAppsInput('plan', wordsOf(raw), flags);
    await tellElsewhere(input.apps, asked, (note) => this.logToStderr(note));
    const { diff, verbose, out } = flags;
    const report = await this.runOnHosts({
      command: 'plan',
      targets: await appsTargets(input, hosts),
      flow: async (context, apps) =>
        (await import('../flows/preview.ts')).previewApps({ ...context, templates }, { ...apps, diff }),
      print: (value, style) => printPlanReport(value, style, { verbose }),
      judge: ({ changes, failures = [] }) => ({ failures, ...(changes ? { kind: 'changes' } : {}) }),
    });
    if (out !== undefined) await writePlanFile(out, { asked, hosts }, report);
    return report;
  }
}
