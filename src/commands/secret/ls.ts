import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printSecrets } from '../../report/secrets.ts';
import type { SecretRow } from '../../report/values.ts';

export default class SecretList extends HostsCommand {
  static override summary = 'List the secrets of this host, never their values';
  static override description =
    'Shows for each secret whether it is stored encrypted, since when and by whom it has its value, and which containers use it.';
  static override examples = ['<%= config.bin %> secret ls', '<%= config.bin %> secret ls --json'];

  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly SecretRow[]>> {
    const { flags } = await this.parse(SecretList);
    return this.runOnHosts({
      command: 'secret ls',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../../flows/secret-list.ts')).secrets(context),
      print: printSecrets,
    });
  }
}
