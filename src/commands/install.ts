import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { containerFlags, installOnlyFlags, waitFlags } from '../cli/flags.ts';
import { labelFlags } from '../cli/label-options.ts';
import { labelInstallInput, type LabelLineFlags, type Line } from '../cli/label-input.ts';
import { installTargets, leftOutOf } from '../cli/install-targets.ts';
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
    '<%= config.bin %> install fedora/rsyslog log --use-labels',
    '<%= config.bin %> install nginx:1.27 web1/shop anna@web2/shop --publish 80:80',
  ];
  static override strict = false;
  static override flags = {
    ...containerFlags,
    ...installOnlyFlags,
    ...templatesFlag,
    ...labelFlags,
    ...waitFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const split = splitCommand(this.argv);
    const { raw, flags } = await this.parse(Install, [...split.words]);
    const line = { ...split, words: wordsOf(raw) };
    if (flags['use-labels']) return this.#installByLabels(line, flags);
    const targets = await installTargets(line, flags);
    for (const note of leftOutOf(targets)) this.logToStderr(note);
    const templates = await readTemplates(flags.templates);
    const start = !flags['no-start'];
    return this.runOnHosts({
      command: ({ command }) => command,
      targets,
      flow: async (context, { requests, engine, pull }) =>
        (await import('../flows/install.ts')).install(
          { ...context, templates },
          { requests, pull, ...(engine === undefined ? {} : { engine }), start, ...waitOptions(flags) },
        ),
      print: printChange,
    });
  }

  async #installByLabels(line: Line, flags: LabelLineFlags): Promise<ChangeReport> {
    const { input, templates } = await labelInstallInput(line, flags);
    return this.runFlow({
      command: `install ${input.image} ${input.name} --use-labels`,
      flow: async (context) =>
        (await import('../flows/label-install.ts')).installByLabels({ ...context, templates }, input),
      print: printChange,
    });
  }

  protected override async catch(error: Error): Promise<unknown> {
    const ended = await super.catch(error);
    this.endAsJob(error);
    return ended;
  }
}
