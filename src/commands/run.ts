import { Flags } from '@oclif/core';
import { HostsCommand } from '../cli/hosts-command.ts';
import { hostOf, oneHostFlag } from '../cli/one-host.ts';
import { isOnTerminal } from '../cli/on-terminal.ts';
import { onceFlags, pullFlag } from '../cli/flags.ts';
import { readOnce } from '../cli/read-requests.ts';
import { splitAtCommand } from '../cli/split-command.ts';
import { wordsOf } from '../cli/words.ts';
import type { RunReport } from '../report/values-of-runs.ts';

export default class Run extends HostsCommand {
  static override summary = 'Run a container once under systemd, and end with its exit status';
  static override usage = 'run IMAGE [KEY=VALUE…] [FLAGS] [[--] COMMAND ARG…]';
  static override description =
    'As docker run --rm, in a transient unit: streams are those of gear, the exit status is that of the program, and the container is gone afterwards. With --json what the program writes to stdout goes to stderr.';
  static override examples = [
    '<%= config.bin %> run busybox:1 -- echo hello',
    '<%= config.bin %> run busybox:1 --host web1 -- df -h',
    '<%= config.bin %> run postgres:17 --network shop_default -- psql -h db',
  ];
  static override strict = false;
  static override flags = {
    ...onceFlags,
    engine: Flags.option({
      options: ['docker', 'podman'] as const,
      description: 'Engine to run it; else Docker before Podman',
    })(),
    pull: pullFlag,
    ...oneHostFlag,
  };

  async run(): Promise<RunReport> {
    const line = splitAtCommand(this.argv, Run.flags, (word, index) => index === 0 || word.includes('='));
    const { raw, flags } = await this.parse(Run, [...line.words]);
    const name = `run-${Date.now().toString(36)}-${String(process.pid)}`;
    const given = await readOnce({ ...line, words: wordsOf(raw) }, flags, name);
    const terminal = isOnTerminal(this.jsonEnabled());
    const report = await this.runOnOne({
      on: await hostOf(flags.host),
      command: 'run',
      flow: async (context) =>
        (await import('../flows/run-once.ts')).runOnce(context, {
          ...given,
          terminal,
          quiet: this.jsonEnabled(),
        }),
      print: () => '',
    });
    process.exitCode = report.exitStatus;
    return report;
  }
}
