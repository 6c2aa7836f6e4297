import { BaseCommand } from '../cli/base-command.ts';
import type { JsonForm } from '../cli/end-with-failures.ts';

export default class Events extends BaseCommand {
  static override summary = 'Follow what gear watch sees and does on this host';
  static override description =
    'What is applied, removed, mended or fails, and what is not as declared, as it happens, until Ctrl-C. With --json, one object a line, the state of all first. What happened before is in the journal: journalctl -u gear-watch.';
  static override examples = ['<%= config.bin %> events', '<%= config.bin %> events --json'];

  async run(): Promise<void> {
    await this.runFlow({
      command: 'events',
      flow: async ({ signal }) =>
        (await import('../cli/watch/follow-events.ts')).followEvents(signal, this.jsonEnabled()),
      print: () => '',
      endless: true,
      untilUnread: true,
    });
  }

  protected override jsonForm(): JsonForm {
    return 'lines';
  }

  protected override logJson(): void {
    // The lines were written as they came.
  }
}
