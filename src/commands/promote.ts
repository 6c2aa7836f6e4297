import { Args, Flags } from '@oclif/core';
import { BetweenCommand } from '../cli/between-command.ts';
import { confirmPlans } from '../cli/confirm.ts';
import { waitFlags } from '../cli/flags.ts';
import { overlaidApp } from '../cli/overlaid-app.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { printChange } from '../report/change.ts';
import { printByHost } from '../report/hosts.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Promote extends BetweenCommand {
  static override summary = 'Apply on one host what runs on another, with the very same images';
  static override description =
    'Takes the app as it is on the first host, lays the overlays over it, shows the plan for the second and asks. The images are those that run, by digest or ID, whatever their tags mean by now; an overlay cannot change them. Data is not taken along.';
  static override examples = [
    '<%= config.bin %> promote shop --from staging --to prod',
    '<%= config.bin %> promote shop --from staging --to prod -f prod.yaml --yes',
  ];
  static override args = { app: Args.string({ description: 'Name of the app', required: true }) };
  static override flags = {
    from: Flags.string({ description: 'The host where it was tried', helpValue: 'HOST', required: true }),
    to: Flags.string({ description: 'The host that is to run it', helpValue: 'HOST', required: true }),
    file: Flags.string({
      char: 'f',
      description: 'What is different there, as an overlay of a descriptor',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
    ...waitFlags,
  };

  async run(): Promise<ChangeReport> {
    const { args, flags } = await this.parse(Promote);
    const report = await this.runBetween({
      command: `promote ${args.app} --from ${flags.from} --to ${flags.to}`,
      name: `${flags.from}/${args.app}`,
      host: flags.to,
      flow: async (between, { app, from, to }) => {
        const { promoteApp } = await import('../flows/promote.ts');
        const input = {
          app,
          overlaid: (request: Parameters<typeof overlaidApp>[0]) =>
            overlaidApp(request, `${from}/${app}`, flags.file ?? []),
          ...waitOptions(flags),
        };
        const confirm = flags.yes
          ? null
          : (plan: Parameters<typeof confirmPlans>[0][number]['plan']) =>
              confirmPlans([{ host: to, plan }], `promote ${app}`);
        return promoteApp(between, input, confirm);
      },
      print: (change, style, { to }) => printByHost([{ host: to, value: change }], printChange, style),
    });
    this.endWithFailures(report.failures ?? []);
    return report;
  }
}
