import { Flags } from '@oclif/core';
import { confirmTextTogether } from '../cli/confirm-hosts.ts';
import { errorStyle } from '../cli/error-style.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../cli/targets.ts';
import { printUninstall, printUninstallPlan } from '../report/clean.ts';
import type { UninstallReport } from '../report/values.ts';

export default class Uninstall extends HostsCommand {
  static override summary = 'Take gear off this host; nothing but volumes is left';
  static override usage = 'uninstall --all [--yes]';
  static override description =
    'Stops and removes gear-watch.service, every container that gear has here, its networks, what it fetched, and all of its state. To remove single containers, use gear rm; to leave them to systemd, gear eject.';
  static override examples = ['<%= config.bin %> uninstall --all', '<%= config.bin %> uninstall --all --yes'];
  static override flags = {
    all: Flags.boolean({ description: 'Says that this is meant', required: true }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<UninstallReport>> {
    const { flags } = await this.parse(Uninstall);
    const targets = await targetsFor(null, flags.host);
    const together = confirmTextTogether(targets, 'uninstall --all');
    return this.runOnHosts({
      command: 'uninstall --all',
      targets,
      flow: async (context, _, host) => {
        const { uninstallAll } = await import('../flows/uninstall.ts');
        if (flags.yes) return uninstallAll(context, () => Promise.resolve(true));
        return together(host, (confirm) =>
          uninstallAll(context, (found) => confirm(printUninstallPlan(found, errorStyle()))),
        );
      },
      print: printUninstall,
    });
  }
}
