import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Eject extends BaseCommand {
  static override summary = 'Leave containers to systemd alone: plain unit files, nothing restarted';
  static override usage = 'eject [NAME…]';
  static override description =
    "Links become unit files in /etc/systemd/system, what they need goes to /etc/ctr/NAME, and gear forgets the container. Without names, all of them, and gear's own state on this host goes too.";
  static override examples = ['<%= config.bin %> eject web', '<%= config.bin %> eject'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container; all without' }) };

  async run(): Promise<ChangeReport> {
    const { raw } = await this.parse(Eject);
    const names = wordsOf(raw);
    return this.runFlow({
      command: ['eject', ...names].join(' '),
      flow: async (context) => (await import('../flows/eject.ts')).eject(context, names),
      print: printChange,
    });
  }
}
