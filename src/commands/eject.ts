import { Args, Flags } from '@oclif/core';
import { confirmTextTogether } from '../cli/confirm-hosts.ts';
import { errorStyle } from '../cli/error-style.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import { printEjectPlan } from '../report/clean.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Eject extends HostsCommand {
  static override summary = 'Leave containers to systemd alone: plain unit files, nothing restarted';
  static override usage = 'eject [NAME…] [--yes]';
  static override description =
    "Links become unit files in /etc/systemd/system, what they need goes to /etc/ctr/NAME, and gear forgets the container. Without names, all of them, and gear's own state on this host goes too: that is asked first. gear does not take back what it has ejected.";
  static override examples = ['<%= config.bin %> eject web', '<%= config.bin %> eject --yes'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container; all without' }) };

  static override flags = { yes: Flags.boolean({ char: 'y', description: 'Do not ask' }), ...hostFlag };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Eject);
    const names = wordsOf(raw);
    const targets = await targetsOf(names, flags.host);
    const together = confirmTextTogether(targets, 'eject');
    return this.runOnHosts({
      command: ['eject', ...names].join(' '),
      targets,
      flow: async (context, on, host) => {
        const { eject } = await import('../flows/eject.ts');
        if (flags.yes) return eject(context, { names: on, confirm: () => Promise.resolve(true) });
        return together(host, (confirm) =>
          eject(context, {
            names: on,
            confirm: (leaving) => confirm(printEjectPlan(leaving, errorStyle())),
          }),
        );
      },
      print: (report, style) =>
        report.instances.length === 0 && report.declined !== true && names.length === 0
          ? 'No container is left to eject.'
          : printChange(report, style),
    });
  }
}
