import { Args, Flags } from '@oclif/core';
import { HostsCommand } from '../cli/hosts-command.ts';
import type { JsonForm } from '../cli/end-with-failures.ts';
import { parseSince } from '../cli/since.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { lineWriter } from '../report/log-lines.ts';

export default class Logs extends HostsCommand {
  static override summary = 'Show what containers wrote, from the journal';
  static override usage = 'logs [NAME…] [FLAGS]';
  static override description =
    'Lines of several containers stand in the order of time, each with its name. With --json, one object a line.';
  static override examples = [
    '<%= config.bin %> logs web --lines 50',
    '<%= config.bin %> logs web db --follow --since 10m',
    '<%= config.bin %> logs web1/shop web2/shop --follow',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container; all without' }) };
  static override flags = {
    follow: Flags.boolean({ char: 'f', description: 'Go on with new lines until Ctrl-C' }),
    lines: Flags.integer({ char: 'n', description: 'Only the last so many lines', min: 0 }),
    since: Flags.string({
      description: 'Only since then, e.g. 10m or 2026-03-01T12:00:00Z',
      helpValue: 'TIME',
    }),
    ...hostFlag,
  };

  async run(): Promise<void> {
    const { raw, flags } = await this.parse(Logs);
    const names = wordsOf(raw);
    const lines = flags.lines ?? (flags.follow && flags.since === undefined ? 10 : undefined);
    const targets = await targetsOf(names, flags.host);
    const write = lineWriter(targets, {
      json: this.jsonEnabled(),
      named: names.length !== 1,
      follow: flags.follow,
    });
    await this.runOnHosts({
      command: 'logs',
      targets,
      flow: async (context, on, host) =>
        write(
          host,
          await (
            await import('../flows/logs.ts')
          ).readLogs(context, {
            names: on,
            follow: flags.follow,
            ...(lines === undefined ? {} : { lines }),
            ...parseSince(flags.since, Date.now()),
          }),
        ),
      print: () => '',
      endless: flags.follow,
      untilUnread: true,
    });
  }

  protected override jsonForm(): JsonForm {
    return 'lines';
  }

  protected override logJson(): void {
    // The lines were written as they came.
  }
}
