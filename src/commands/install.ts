import { Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { containerFlags, pullFlag, waitFlags } from '../cli/flags.ts';
import { installTargets } from '../cli/install-targets.ts';
import { readTemplates, templatesFlag } from '../cli/templates-flag.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { splitCommand } from '../cli/split-command.ts';
import { hostFlag } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Install extends HostsCommand {
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
    '<%= config.bin %> install nginx:1.27 web1/shop anna@web2/shop --publish 80:80',
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
    ...templatesFlag,
    'no-start': Flags.boolean({ description: 'Install stopped; gear start begins' }),
    ...waitFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const line = splitCommand(this.argv);
    const { raw, flags } = await this.parse(Install, [...line.words]);
    const targets = await installTargets({ ...line, words: wordsOf(raw) }, flags);
    for (const note of targets[0]?.input.leftOut ?? []) this.logToStderr(note);
    const templates = await readTemplates(flags.templates);
    return this.runOnHosts({
      command: ({ command }) => command,
      targets,
      flow: async (context, { requests, engine, pull }) =>
        (await import('../flows/install.ts')).install(
          { ...context, templates },
          {
            requests,
            pull,
            ...(engine === undefined ? {} : { engine }),
            start: !flags['no-start'],
            ...waitOptions(flags),
          },
        ),
      print: printChange,
    });
  }

  protected override async catch(error: Error): Promise<unknown> {
    const ended = await super.catch(error);
    this.endAsJob(error);
    return ended;
  }
}
