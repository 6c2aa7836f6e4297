import { BaseCommand } from '../cli/base-command.ts';
import { printVersions } from '../report/daily.ts';
import type { VersionReport } from '../report/values.ts';

export default class Version extends BaseCommand {
  static override summary = 'Show the versions of gear, systemd and the engines of this host';
  static override description =
    'What does not answer is told, and is no failure. gear --version shows its own alone.';
  static override examples = ['<%= config.bin %> version', '<%= config.bin %> version --json'];

  async run(): Promise<VersionReport> {
    await this.parse(Version);
    return this.runFlow({
      command: 'version',
      flow: async (context) => (await import('../flows/version.ts')).versions(context),
      print: printVersions,
    });
  }
}
