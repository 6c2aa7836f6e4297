import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printRegistries } from '../../report/registries.ts';
import type { RegistryRow } from '../../report/values-of-registries.ts';

export default class RegistryList extends HostsCommand {
  static override summary = 'List the registries that this host is logged in to';
  static override description =
    'Those of gear registry login; what docker login and podman login stored for their users is not among them.';
  static override examples = ['<%= config.bin %> registry ls', '<%= config.bin %> registry ls --json'];
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly RegistryRow[]>> {
    const { flags } = await this.parse(RegistryList);
    return this.runOnHosts({
      command: 'registry ls',
      targets: await targetsFor(null, flags.host),
      flow: async (context) => (await import('../../flows/registry.ts')).listRegistries(context),
      print: printRegistries,
    });
  }
}
