import { BaseCommand } from '../../cli/base-command.ts';
import { printSecrets } from '../../report/secrets.ts';
import type { SecretRow } from '../../report/values.ts';

export default class SecretList extends BaseCommand {
  static override summary = 'List the secrets of this host, never their values';
  static override description =
    'Shows for each secret whether it is stored encrypted, since when and by whom it has its value, and which containers use it.';
  static override examples = ['<%= config.bin %> secret ls', '<%= config.bin %> secret ls --json'];

  async run(): Promise<readonly SecretRow[]> {
    await this.parse(SecretList);
    return this.runFlow({
      command: 'secret ls',
      flow: async (context) => (await import('../../flows/secret-list.ts')).secrets(context),
      print: printSecrets,
    });
  }
}
