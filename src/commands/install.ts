import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { containerFlags, pullFlag, waitFlags } from '../cli/flags.ts';
import { readRequests } from '../cli/read-requests.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { splitCommand } from '../cli/split-command.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Install extends BaseCommand {
  static override summary = 'Install containers under systemd, or update them in place';
  static override usage = [
    'install IMAGE NAME… [KEY=VALUE…] [FLAGS] [-- COMMAND ARG…]',
    "install --from-run 'docker run …' [NAME…] [KEY=VALUE…] [FLAGS]",
  ];
  static override description =
    'Each NAME becomes an app of one container with the unit ctr-NAME.service, which starts on boot. install states the whole container: what an installed one has and the command leaves out goes, and is listed. To change one thing, use gear set. An update that does not start or does not become healthy is taken back (exit status 6).';
  static override examples = [
    '<%= config.bin %> install nginx:1.27 web --publish 80:80',
    '<%= config.bin %> install postgres:17 db --env-file db.env --volume data:/var/lib/postgresql/data --memory 1g',
    "<%= config.bin %> install --from-run 'docker run -d -p 80:80 nginx' web",
    '<%= config.bin %> install busybox:1 one two --restart on-failure -- sleep 3600',
  ];
  static override strict = false;
  static override flags = {
    ...containerFlags,
    engine: Flags.option({
      options: ['docker', 'podman'] as const,
      description: 'Engine to run it; else the one it has, else Docker before Podman',
    })(),
    pull: pullFlag,
    'from-run': Flags.string({
      description:
        'Read image, flags and command from a line of docker run or podman run; nothing of it is run',
      helpValue: 'LINE',
    }),
    'no-start': Flags.boolean({ description: 'Install stopped; gear start begins' }),
    ...waitFlags,
  };

  async run(): Promise<ChangeReport> {
    const line = splitCommand(this.argv);
    const { raw, flags } = await this.parse(Install, [...line.words]);
    const { command, leftOut, ...given } = await readRequests({ ...line, words: wordsOf(raw) }, flags);
    for (const note of leftOut) this.logToStderr(note);
    return this.runFlow({
      command,
      flow: async (context) =>
        (await import('../flows/install.ts')).install(context, {
          ...given,
          start: !flags['no-start'],
          ...waitOptions(flags),
        }),
      print: printChange,
    });
  }

  protected override async catch(error: Error): Promise<unknown> {
    const ended = await super.catch(error);
    this.endAsJob(error);
    return ended;
  }
}
