import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { readPassword } from '../../cli/read-password.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printRegistryChange } from '../../report/registries.ts';
import type { RegistryChange } from '../../report/values-of-registries.ts';

export default class RegistryLogin extends HostsCommand {
  static override summary = 'Log this host in to a registry, for every pull of it';
  static override usage = 'registry login REGISTRY --username USER';
  static override description =
    'Reads the password from stdin, or asks for it without showing it; never from the command line. The registry is asked before anything is stored. What is stored is for root alone, stays over reboots, and serves install, apply, pull, outdated and watch, with Docker and Podman, where whoever types gear has no login of their own.';
  static override examples = [
    '<%= config.bin %> registry login ghcr.io --username anna',
    '<%= config.bin %> registry login registry.example:5000 --username ci --host web1',
  ];
  static override args = {
    registry: Args.string({ description: 'Its host, with a port where it needs one', required: true }),
  };
  static override flags = {
    username: Flags.string({ char: 'u', description: 'User there', helpValue: 'USER', required: true }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<RegistryChange>> {
    const { args, flags } = await this.parse(RegistryLogin);
    const targets = await targetsFor(args.registry, flags.host);
    const password = await readPassword(args.registry, flags.username);
    const login = { username: flags.username, password };
    return this.runOnHosts({
      command: `registry login ${args.registry}`,
      targets,
      flow: async (context, registry) =>
        (await import('../../flows/registry.ts')).loginRegistry(context, registry, login),
      print: printRegistryChange,
    });
  }
}
