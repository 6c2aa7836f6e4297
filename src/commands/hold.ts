import { Args, Flags } from '@oclif/core';
import { refuseFarSpan } from '../cli/hold-span.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { readSpan } from '../cli/read-span.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Hold extends HostsCommand {
  static override summary = 'Stop containers and keep them stopped, for a time and with a reason';
  static override usage = 'hold NAME… [--for DURATION] [--reason TEXT]';
  static override description =
    'As gear stop: what is held stays stopped over reboots and updates. --for ends it by a timer of systemd, on the host where gear is typed; after a reboot meanwhile, gear status tells when the time is over.';
  static override examples = [
    '<%= config.bin %> hold web --for 2h --reason "disk is replaced"',
    '<%= config.bin %> hold shop',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app', required: true }) };
  static override flags = {
    for: Flags.string({ description: 'End the hold after this time, e.g. 2h', helpValue: 'DURATION' }),
    reason: Flags.string({ description: 'Why, for whoever looks at status', helpValue: 'TEXT' }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Hold);
    const names = wordsOf(raw);
    const span = readSpan('--for', flags.for);
    const targets = await targetsOf(names, flags.host);
    if (span !== undefined) refuseFarSpan(targets);
    return this.runOnHosts({
      command: `hold ${names.join(' ')}`,
      targets,
      flow: async (context, on) =>
        (await import('../flows/hold.ts')).holdContainers(context, {
          names: on,
          wait: true,
          timeoutMs: 600_000,
          ...(span === undefined ? {} : { forMs: span }),
          ...(flags.reason === undefined ? {} : { reason: flags.reason }),
        }),
      print: printChange,
    });
  }
}
