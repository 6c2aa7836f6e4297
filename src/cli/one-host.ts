import { Flags } from '@oclif/core';
import type { ChosenHost } from '../core/model/choose-hosts.ts';
import { splitHostWord } from '../core/model/host-word.ts';

/** For commands whose streams, or whose answer, are those of one host. */
export const oneHostFlag = {
  host: Flags.string({
    description:
      'Do it on this host, over SSH: a name of gear host ls, an alias of ssh_config, or [user@]host[:port]',
    helpValue: 'HOST',
  }),
};

/** The host of `--host`; null where none is named, which means this machine. FailureError HOST_INVALID. */
export async function hostOf(word: string | undefined | null): Promise<ChosenHost | null> {
  if (word === undefined || word === null) return null;
  return (await import('./one-chosen.ts')).oneChosen(word);
}

/** The host and the name that `[HOST/]NAME` means; `--host` is for a name without one. */
export async function hostAndName(
  word: string,
  flag: string | undefined,
): Promise<{ readonly on: ChosenHost | null; readonly name: string }> {
  const { host, name } = splitHostWord(word);
  return { on: await hostOf(host ?? flag), name };
}
