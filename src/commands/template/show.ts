import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printTemplate } from '../../report/templates.ts';
import type { TemplateText } from '../../report/values-of-templates.ts';

export default class TemplateShow extends HostsCommand {
  static override summary = 'Show the text of a template, to begin one of your own with';
  static override usage = 'template show NAME [--shipped]';
  static override description =
    'The host’s own template where it has one, else the shipped one. docs/templates.md lists the fields.';
  static override examples = [
    '<%= config.bin %> template show container-docker.service.hbs',
    '<%= config.bin %> template show schedule.timer.hbs --shipped',
  ];
  static override args = { name: Args.string({ description: 'Name of the template', required: true }) };
  static override flags = {
    shipped: Flags.boolean({ description: 'The one that gear comes with', default: false }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<TemplateText>> {
    const { args, flags } = await this.parse(TemplateShow);
    const { shipped } = flags;
    return this.runOnHosts({
      command: 'template show',
      targets: await targetsFor(null, flags.host),
      flow: async (context) =>
        (await import('../../flows/template-show.ts')).showTemplate(context, { name: args.name, shipped }),
      print: printTemplate,
    });
  }
}
