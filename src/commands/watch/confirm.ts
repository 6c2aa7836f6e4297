import { BaseCommand } from '../../cli/base-command.ts';

export default class WatchConfirm extends BaseCommand {
  static override summary = 'Agree that apps which vanished together are removed';
  static override description =
    'When more than half of the descriptors vanish at once, gear watch removes none of their apps before this. Their volumes stay.';
  static override examples = ['<%= config.bin %> watch confirm'];

  async run(): Promise<{ readonly pid: number }> {
    return this.runFlow({
      command: 'watch confirm',
      flow: async (context) => (await import('../../cli/watch/confirm.ts')).confirmHeld(context),
      print: ({ pid }) => `gear watch (pid ${String(pid)}) removes what it held.`,
    });
  }
}
