import { Flags } from '@oclif/core';
import { type ChosenHost, machineOf } from '../core/model/choose-hosts.ts';
import { splitHostWord } from '../core/model/host-word.ts';
import { FailureError } from '../errors/failure.ts';

/** For every command that asks or changes a host. */
export const hostFlag = {
  host: Flags.string({
    description:
      'Do it on this host, over SSH: a name of gear host ls, an alias of ssh_config, [user@]host[:port], LABEL=VALUE, or all',
    helpValue: 'HOST',
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** A host, and what a command asks of it. */
export interface Target<I> extends ChosenHost {
  readonly input: I;
}

/** This machine, where no host was named: nothing says so in what is printed. */
const here: ChosenHost = { label: '', address: null };

/** Whether a command line named no host. */
export function isHere({ label }: ChosenHost): boolean {
  return label === '';
}

/**
 * Which host gets which names: `web1/shop` names its own, any other word means all of `--host`, or this machine.
 * FailureError HOST_INVALID, HOSTS_INVALID; USAGE for a host that is left without a name where others have some.
 */
export async function targetsOf(
  words: readonly string[],
  hosts: readonly string[] | undefined,
): Promise<readonly Target<readonly string[]>[]> {
  const split = words.map(splitHostWord);
  if (hosts === undefined && split.every(({ host }) => host === null)) return [{ ...here, input: words }];
  const { findHosts } = await import('./find-hosts.ts');
  const loose = split.flatMap(({ host, name }) => (host === null ? [name] : []));
  const listed = hosts ?? (loose.length > 0 ? ['local'] : []);
  const found = new Map<string, { readonly chosen: ChosenHost; readonly names: string[] }>();
  const put = (chosen: ChosenHost, names: readonly string[]): void => {
    const entry = found.get(machineOf(chosen)) ?? { chosen, names: [] };
    entry.names.push(...names);
    found.set(machineOf(chosen), entry);
  };
  for (const chosen of await findHosts(listed)) put(chosen, loose);
  for (const { host, name } of split) {
    if (host !== null) for (const chosen of await findHosts([host])) put(chosen, [name]);
  }
  return [...found.values()].map(({ chosen, names }) => {
    if (names.length === 0 && words.length > 0) throw nameless(chosen.label, words[0] ?? '');
    return { ...chosen, input: names };
  });
}

/** The hosts alone, for a command whose words are no names. */
export async function targetsFor<I>(
  input: I,
  hosts: readonly string[] | undefined,
): Promise<readonly Target<I>[]> {
  return (await targetsOf([], hosts)).map((target) => ({ ...target, input }));
}

function nameless(label: string, word: string): FailureError {
  return new FailureError({
    code: 'USAGE',
    message: `no name is meant for --host ${label}: ${word} names another host`,
    next: `write ${label}/NAME, or leave --host out`,
  });
}
