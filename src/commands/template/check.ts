import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.ts';
import { givenTemplates } from '../../cli/templates-flag.ts';
import { wordsOf } from '../../cli/words.ts';
import { printTemplateCheck } from '../../report/templates.ts';
import type { TemplateCheck } from '../../report/values-of-templates.ts';

export default class TemplateCheckCommand extends BaseCommand {
  static override summary = 'Look for mistakes in templates, all of them at once';
  static override usage = 'template check [FILE|FOLDER…]';
  static override description =
    'Renders containers of every kind with the files, or with /etc/gear/templates where none is named; root also has systemd read the units. Mistakes are told with file, line and field (exit status 4). Nothing is changed.';
  static override examples = [
    '<%= config.bin %> template check',
    '<%= config.bin %> template check templates/container-docker.service.hbs',
  ];
  static override strict = false;
  static override args = { file: Args.string({ description: 'A template, or a folder of them' }) };

  async run(): Promise<TemplateCheck> {
    const { raw } = await this.parse(TemplateCheckCommand);
    const words = wordsOf(raw);
    const given = words.length === 0 ? null : await givenTemplates(words);
    return this.runFlow({
      command: 'template check',
      flow: async (context) => (await import('../../flows/template-check.ts')).checkTemplates(context, given),
      print: printTemplateCheck,
    });
  }
}
