import { Args, Flags } from '@oclif/core';
import { exportFormatFlag } from '../cli/export-format.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import type { ExportedApp } from '../flows/export.ts';
import { printExport } from '../report/export.ts';

export default class Export extends HostsCommand {
  static override summary = 'Print the descriptor of an app as it runs here';
  static override description =
    'Applied on this host, the descriptor changes nothing. Values of variables are secret, so each is written as ${KEY:?…}: gear then asks for it, from .env beside the descriptor or from the environment; --show-env prints them instead. Secrets are named, files of configuration are written out. In another format what that cannot say is told on stderr.';
  static override examples = [
    '<%= config.bin %> export shop',
    '<%= config.bin %> export web --show-env',
    '<%= config.bin %> export shop --format quadlet',
  ];
  static override args = { app: Args.string({ description: 'Name of an app', required: true }) };
  static override flags = {
    format: exportFormatFlag,
    'show-env': Flags.boolean({ description: 'Print the values of variables, which may be secret' }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ExportedApp>> {
    const { args, flags } = await this.parse(Export);
    return this.runOnHosts({
      command: `export ${args.app}`,
      targets: await targetsOf([args.app], flags.host),
      flow: async (context, [app = '']) =>
        (await import('../flows/export.ts')).exportApp(context, {
          app,
          showEnv: flags['show-env'],
          format: flags.format,
        }),
      print: printExport,
    });
  }
}
