import { Args, Flags } from '@oclif/core';
import { HostsCommand } from '../cli/hosts-command.ts';
import { hostAndName, oneHostFlag } from '../cli/one-host.ts';
import { isOnTerminal } from '../cli/on-terminal.ts';
import { splitAtCommand } from '../cli/split-command.ts';
import { wordsOf } from '../cli/words.ts';
import { FailureError } from '../errors/failure.ts';
import type { ExecReport } from '../report/values-of-runs.ts';

export default class Exec extends HostsCommand {
  static override summary = 'Run a program in a running container, and end with its exit status';
  static override usage = 'exec NAME [FLAGS] [--] COMMAND ARG…';
  static override description =
    'As with docker exec, the words after the name are the command, with or without --. Streams are those of gear; on a terminal the program has one too. With --json what it writes to stdout goes to stderr.';
  static override examples = [
    '<%= config.bin %> exec web -- sh',
    '<%= config.bin %> exec shop.db --user postgres -- psql',
    '<%= config.bin %> exec web1/shop -- sh',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };
  static override flags = {
    user: Flags.string({ char: 'u', description: 'Run it as this user', helpValue: 'USER' }),
    workdir: Flags.string({ char: 'w', description: 'Directory that it starts in', helpValue: 'PATH' }),
    ...oneHostFlag,
  };

  async run(): Promise<ExecReport> {
    const line = splitAtCommand(this.argv, Exec.flags, (_word, index) => index === 0);
    const { raw, flags } = await this.parse(Exec, [...line.words]);
    const [word = '', ...more] = wordsOf(raw);
    const command = [...more, ...(line.command ?? [])];
    if (command.length === 0) {
      throw new FailureError({
        code: 'USAGE',
        message: 'the command is missing',
        next: `gear exec ${word} -- sh`,
      });
    }
    const { on, name } = await hostAndName(word, flags.host);
    const report = await this.runOnOne({
      on,
      command: 'exec',
      flow: async (context) =>
        (await import('../flows/exec.ts')).execIn(context, {
          name,
          command,
          ...(flags.user === undefined ? {} : { user: flags.user }),
          ...(flags.workdir === undefined ? {} : { workdir: flags.workdir }),
          terminal: isOnTerminal(this.jsonEnabled()),
          quiet: this.jsonEnabled(),
        }),
      print: () => '',
    });
    process.exitCode = report.exitStatus;
    return report;
  }
}
