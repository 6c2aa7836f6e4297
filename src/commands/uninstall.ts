import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { confirmText } from '../cli/confirm-text.ts';
import { errorStyle } from '../cli/error-style.ts';
import { printUninstall, printUninstallPlan } from '../report/clean.ts';
import type { UninstallReport } from '../report/values.ts';

export default class Uninstall extends BaseCommand {
  static override summary = 'Take gear off this host; nothing but volumes is left';
  static override usage = 'uninstall --all [--yes]';
  static override description =
    'Stops and removes every container that gear has here, its networks, what it fetched, and all of its state. To remove single containers, use gear rm; to leave them to systemd, gear eject.';
  static override examples = ['<%= config.bin %> uninstall --all', '<%= config.bin %> uninstall --all --yes'];
  static override flags = {
    all: Flags.boolean({ description: 'Says that this is meant', required: true }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
  };

  async run(): Promise<UninstallReport> {
    const { flags } = await this.parse(Uninstall);
    return this.runFlow({
      command: 'uninstall --all',
      flow: async (context) =>
        (await import('../flows/uninstall.ts')).uninstallAll(context, (found) =>
          flags.yes
            ? Promise.resolve(true)
            : confirmText(printUninstallPlan(found, errorStyle()), 'uninstall --all'),
        ),
      print: printUninstall,
    });
  }
}
