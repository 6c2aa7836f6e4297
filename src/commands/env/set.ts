import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { environmentFlags, waitFlags } from '../../cli/flags.ts';
import { readSetChange } from '../../cli/read-requests.ts';
import { type Failure, FailureError } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { waitOptions } from '../../cli/wait-options.ts';
import { wordsOf } from '../../cli/words.ts';
import { printChange } from '../../report/change.ts';
import type { ChangeReport } from '../../report/values.ts';

/** gear set would take the word for the name of another container. */
function oddWord(all: readonly string[], othersGiven: boolean): Failure | null {
  const [name, ...words] = all;
  const odd = words.find((word) => !word.includes('='));
  if (odd !== undefined) return usage(`${quote(odd)} has no value`, `${String(name)} ${odd}`);
  return words.length > 0 || othersGiven ? null : usage('no variable is given', `${String(name)} KEY`);
}

function usage(message: string, words: string): Failure {
  return { code: 'USAGE', message, next: `gear env set ${words}=VALUE; from a file: --env-file FILE` };
}

export default class EnvironmentSet extends HostsCommand {
  static override summary = 'Set variables of a container, which starts anew with them';
  static override usage = 'env set NAME KEY=VALUE… [--env-file FILE]';
  static override description =
    'As gear set NAME KEY=VALUE. Words are visible in ps and the history of the shell; --env-file reads them from a file, and --secret gives a variable the value of a secret.';
  static override examples = [
    '<%= config.bin %> env set web LOG_LEVEL=debug',
    '<%= config.bin %> env set web --env-file web.env',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container', required: true }) };
  static override flags = {
    ...environmentFlags,
    ...waitFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(EnvironmentSet);
    const words = wordsOf(raw);
    const odd = oddWord(words, flags['env-file'] !== undefined || flags.secret !== undefined);
    if (odd !== null) throw new FailureError(odd);
    const { change, command } = await readSetChange({ words }, flags);
    return this.runOnHosts({
      command,
      targets: await targetsOf(change.names, flags.host),
      flow: async (context, names) =>
        (await import('../../flows/set.ts')).setContainers(context, {
          ...change,
          names,
          pull: 'missing',
          ...waitOptions(flags),
        }),
      print: printChange,
    });
  }
}
