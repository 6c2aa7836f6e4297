import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { changeFlags, pullFlag, waitFlags } from '../cli/flags.ts';
import { readSetChange } from '../cli/read-requests.ts';
import { splitCommand } from '../cli/split-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { readTemplates, templatesFlag } from '../cli/templates-flag.ts';
import { pullPolicy, waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Set extends HostsCommand {
  static override summary = 'Change installed containers: only what is given';
  static override usage = 'set NAME… [KEY=VALUE…] [FLAGS] [-- COMMAND ARG…]';
  static override description =
    'Everything that is not given stays as it is. A repeatable flag such as --publish replaces the whole list of its kind; --env adds to the environment or changes it, --unset-env takes away. A change that does not start or does not become healthy is taken back (exit status 6).';
  static override examples = [
    '<%= config.bin %> set web --image nginx:1.28',
    '<%= config.bin %> set web --pull always',
    '<%= config.bin %> set web LOG_LEVEL=debug --unset-env TRACE --memory 512m',
  ];
  static override strict = false;
  static override flags = {
    ...changeFlags,
    ...templatesFlag,
    pull: pullFlag,
    ...waitFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const line = splitCommand(this.argv);
    const { raw, flags } = await this.parse(Set, [...line.words]);
    const { change, command } = await readSetChange({ ...line, words: wordsOf(raw) }, flags);
    const templates = await readTemplates(flags.templates);
    return this.runOnHosts({
      command,
      targets: await targetsOf(change.names, flags.host),
      flow: async (context, names) =>
        (await import('../flows/set.ts')).setContainers(
          { ...context, templates },
          { ...change, names, pull: pullPolicy(flags.pull), ...waitOptions(flags) },
        ),
      print: printChange,
    });
  }
}
