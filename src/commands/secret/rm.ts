import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { printSecretChange } from '../../report/secrets.ts';
import type { SecretChange } from '../../report/values.ts';

export default class SecretRemove extends HostsCommand {
  static override summary = 'Remove a secret from this host';
  static override usage = 'secret rm NAME [--force]';
  static override description =
    'Refused while a declared container uses it. Its value is erased as soon as no kept generation needs it.';
  static override examples = [
    '<%= config.bin %> secret rm db_password',
    '<%= config.bin %> secret rm db_password --force',
  ];
  static override args = {
    name: Args.string({ description: 'Name of the secret', required: true }),
  };
  static override flags = {
    force: Flags.boolean({ description: 'Also while a declared container uses it' }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<SecretChange>> {
    const { args, flags } = await this.parse(SecretRemove);
    return this.runOnHosts({
      command: `secret rm ${args.name}`,
      targets: await targetsOf([args.name], flags.host),
      flow: async (context, [name = '']) =>
        (await import('../../flows/secret-remove.ts')).removeSecret(context, name, flags.force),
      print: printSecretChange,
    });
  }
}
