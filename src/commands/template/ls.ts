import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printTemplates } from '../../report/templates.ts';
import type { TemplateRow } from '../../report/values-of-templates.ts';

export default class TemplateList extends HostsCommand {
  static override summary = 'List the templates of units, and which are this host’s own';
  static override description =
    'A file in /etc/gear/templates takes the place of the shipped template of its name. A changed one waits for the next change of the host, which reloads systemd and restarts nothing.';
  static override examples = ['<%= config.bin %> template ls', '<%= config.bin %> template ls --host web1'];

  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly TemplateRow[]>> {
    const { flags } = await this.parse(TemplateList);
    return this.runOnHosts({
      command: 'template ls',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../../flows/template-list.ts')).listTemplates(context),
      print: printTemplates,
    });
  }
}
