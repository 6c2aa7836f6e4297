import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printNotifyTest } from '../../report/notify.ts';
import type { NotifyTest } from '../../report/values-of-notify.ts';

export default class NotifyTry extends HostsCommand {
  static override summary = 'Tell targets that this is a test, as systemd would';
  static override description = 'Exit status 1 when one could not be told.';
  static override examples = ['<%= config.bin %> notify test', '<%= config.bin %> notify test chat'];
  static override args = { name: Args.string({ description: 'Name of the target; all without' }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly NotifyTest[]>> {
    const { args, flags } = await this.parse(NotifyTry);
    return this.runOnHosts({
      command: 'notify test',
      targets: await targetsFor(args.name === undefined ? [] : [args.name], flags.host),
      flow: async (context, names) => (await import('../../flows/notify.ts')).testTargets(context, names),
      print: printNotifyTest,
      judge: (tests) => (tests.some(({ ok }) => !ok) ? { kind: 'failed' } : {}),
    });
  }
}
