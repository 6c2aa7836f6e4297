import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printRegistryChange } from '../../report/registries.ts';
import type { RegistryChange } from '../../report/values-of-registries.ts';

export default class RegistryLogout extends HostsCommand {
  static override summary = 'Forget the login of this host for a registry';
  static override description =
    'What docker login and podman login stored for their users stays. Nothing that runs is touched.';
  static override examples = ['<%= config.bin %> registry logout ghcr.io'];
  static override args = {
    registry: Args.string({ description: 'Its host, with a port where it needs one', required: true }),
  };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<RegistryChange>> {
    const { args, flags } = await this.parse(RegistryLogout);
    return this.runOnHosts({
      command: `registry logout ${args.registry}`,
      targets: await targetsFor(args.registry, flags.host),
      flow: async (context, registry) =>
        (await import('../../flows/registry.ts')).logoutRegistry(context, registry),
      print: printRegistryChange,
    });
  }
}
