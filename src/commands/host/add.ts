import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { givenHost, saveHost } from '../../cli/inventory.ts';
import { trustHost } from '../../cli/trust-host.ts';
import { printHostCheck } from '../../report/inventory.ts';
import type { HostCheck } from '../../report/values.ts';

export default class HostAdd extends HostsCommand {
  static override summary = 'Add a host to the inventory, after a look at its key and at what it has';
  static override description =
    "Shows the fingerprint of a key that is not known yet and asks once; it then goes into your known_hosts. Checks rights, systemd and engine, and writes hosts.yaml. Without ADDRESS the name is the host's, or an alias of ssh_config.";
  static override examples = [
    '<%= config.bin %> host add web1',
    '<%= config.bin %> host add db1 root@10.0.0.5:2222 --label zone=a --engine podman',
  ];
  static override args = {
    name: Args.string({ description: 'What the host is called here', required: true }),
    address: Args.string({ description: '[user@]host[:port]; else the name' }),
  };
  static override flags = {
    label: Flags.string({
      description: 'A label, by which --host KEY=VALUE chooses, e.g. zone=a',
      helpValue: 'KEY=VALUE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    engine: Flags.option({
      options: ['docker', 'podman'] as const,
      description: 'Engine of what is installed there first; else Docker before Podman',
    })(),
    fingerprint: Flags.string({
      description: 'The fingerprint that its key must have: then nothing is asked',
      helpValue: 'SHA256:…',
    }),
  };

  async run(): Promise<OnHosts<HostCheck>> {
    const { args, flags } = await this.parse(HostAdd);
    const { label: labels = [], engine } = flags;
    const host = givenHost({ name: args.name, address: args.address, labels, engine });
    await trustHost(host.address, flags.fingerprint);
    return this.runOnHosts({
      command: `host add ${host.name}`,
      targets: [{ label: host.name, address: host.address, input: host }],
      flow: async (context, input) => {
        const checked = await (await import('../../flows/host-check.ts')).checkHost(context);
        if (checked.ok) await saveHost(input);
        return checked;
      },
      print: printHostCheck,
    });
  }
}
