import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { readSecretValue } from '../../cli/read-secret-value.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { printSecretChange } from '../../report/secrets.ts';
import type { SecretChange } from '../../report/values.ts';

export default class SecretSet extends HostsCommand {
  static override summary = 'Give a secret of this host its value';
  static override usage = 'secret set NAME [--from-file FILE]';
  static override description =
    'Reads the value from stdin, or asks for one line without showing it; never from the command line, where other users see it. What is read is kept byte for byte, a newline at the end too. Encrypted with systemd-creds where it can; containers get a new value by their next apply.';
  static override examples = [
    '<%= config.bin %> secret set db_password',
    '<%= config.bin %> secret set tls_key --from-file /root/tls.key',
  ];
  static override args = {
    name: Args.string({ description: 'Name of the secret', required: true }),
  };
  static override flags = {
    'from-file': Flags.string({
      description: 'Read the value from a file, "-" for stdin',
      helpValue: 'FILE',
    }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<SecretChange>> {
    const { args, flags } = await this.parse(SecretSet);
    const targets = await targetsOf([args.name], flags.host);
    const value = await readSecretValue(targets[0]?.input[0] ?? '', flags['from-file'] ?? '-');
    return this.runOnHosts({
      command: `secret set ${args.name}`,
      targets,
      flow: async (context, [name = '']) =>
        (await import('../../flows/secret-set.ts')).setSecret(context, name, value),
      print: printSecretChange,
    });
  }
}
