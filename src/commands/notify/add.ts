import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { readTarget } from '../../cli/notify-options.ts';
import { splitCommand } from '../../cli/split-command.ts';
import { hostFlag, targetsFor } from '../../cli/targets.ts';
import { printNotifyChange } from '../../report/notify.ts';
import type { NotifyChange } from '../../report/values-of-notify.ts';

export default class NotifyAdd extends HostsCommand {
  static override summary = 'Have a command or a webhook told when something is wrong';
  static override usage = 'notify add NAME [FLAGS] (--webhook | -- COMMAND ARG…)';
  static override description =
    'Works by systemd alone, also where no gear watch runs. Tells of containers that failed, are in a crash loop, or did not become ready; each event of a container once an hour. The command gets JSON on stdin, and GEAR_EVENT, GEAR_NAME, GEAR_UNIT, GEAR_HOST and GEAR_TEXT. A webhook gets the same JSON by POST; its URL is read from stdin, or asked for without showing it, and is for root alone.';
  static override examples = [
    '<%= config.bin %> notify add chat --webhook',
    '<%= config.bin %> notify add mail --on crash-loop --on failed -- /usr/local/bin/mail-ops',
  ];
  static override args = { name: Args.string({ description: 'Name of the target', required: true }) };
  static override flags = {
    webhook: Flags.boolean({ description: 'Tell a URL, which is read from stdin' }),
    on: Flags.option({
      options: ['failed', 'crash-loop', 'not-ready'] as const,
      description: 'Tell of this only; may be given again',
      multiple: true,
      multipleNonGreedy: true,
      default: ['failed', 'crash-loop', 'not-ready'],
    })(),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<NotifyChange>> {
    const line = splitCommand(this.argv);
    const { args, flags } = await this.parse(NotifyAdd, [...line.words]);
    const targets = await targetsFor(args.name, flags.host);
    const send = await readTarget(args.name, flags.webhook, line.command ?? []);
    return this.runOnHosts({
      command: `notify add ${args.name}`,
      targets,
      flow: async (context, name) =>
        (await import('../../flows/notify.ts')).addTarget(context, { name, on: flags.on, send }),
      print: printNotifyChange,
    });
  }
}
