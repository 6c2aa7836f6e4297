import { Args, Flags } from '@oclif/core';
import { localTimers } from '../cli/context.ts';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { readSpan } from '../cli/read-span.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { withTopView } from '../cli/live-top.ts';
import { wordsOf } from '../cli/words.ts';
import type { TopRow } from '../report/values-of-use.ts';

export default class Top extends HostsCommand {
  static override summary = 'Show what containers use: processor, memory, restarts, health';
  static override usage = 'top [NAME…] [FLAGS]';
  static override description =
    'Live on a terminal until Ctrl-C; once with --once, --json, for several hosts, or where stdout is no terminal. The numbers are those of the kernel for the cgroup of each container; 100 % is one processor.';
  static override examples = [
    '<%= config.bin %> top',
    '<%= config.bin %> top shop --sort memory',
    '<%= config.bin %> top --once --json',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container or app' }) };
  static override flags = {
    once: Flags.boolean({ description: 'Look once' }),
    interval: Flags.string({ description: 'Time between looks', default: '2s', helpValue: 'DURATION' }),
    sort: Flags.option({
      options: ['cpu', 'memory', 'restarts', 'name'] as const,
      description: 'What the first lines have most of',
      default: 'cpu' as const,
    })(),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<readonly TopRow[]>> {
    const { raw, flags } = await this.parse(Top);
    const intervalMs = readSpan('--interval', flags.interval) ?? 2000;
    const targets = await targetsOf(wordsOf(raw), flags.host);
    const once = flags.once || this.jsonEnabled() || targets.length > 1;
    return withTopView({ sort: flags.sort, once, intervalMs }, ({ looks, print, endless }) =>
      this.runOnHosts({
        command: 'top',
        targets,
        flow: async (context, names) =>
          (await import('../flows/top.ts')).top(context, { names, timers: localTimers, ...looks }),
        print,
        endless,
      }),
    );
  }
}
