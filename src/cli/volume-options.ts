import { Flags } from '@oclif/core';
import { splitWords } from '../core/descriptor/docker-run/split-words.ts';
import { FailureError } from '../errors/failure.ts';
import type { BackupInput } from '../flows/volume-backup.ts';
import type { Target } from './targets.ts';

/** For commands about one volume. */
export const volumeEngine = Flags.option({
  options: ['docker', 'podman'] as const,
  description: 'Engine of the volume, where both could be meant',
})();

/** What gear volume backup runs in a container, and in which. */
export interface FreezeFlags {
  readonly freeze?: string | undefined;
  readonly thaw?: string | undefined;
  readonly in?: string | undefined;
}

/** The same as words of commands. FailureError VALUE_INVALID. */
export function readFreeze({
  freeze,
  thaw,
  in: within,
}: FreezeFlags): Pick<BackupInput, 'freeze' | 'thaw' | 'within'> {
  return {
    ...(freeze === undefined ? {} : { freeze: commandWords('--freeze', freeze) }),
    ...(thaw === undefined ? {} : { thaw: commandWords('--thaw', thaw) }),
    ...(within === undefined ? {} : { within }),
  };
}

/** FailureError USAGE where stdout cannot take an archive. */
export function expectFreeStdout(volume: string, json: boolean): void {
  expectNoTerminal(process.stdout, `gear volume backup ${volume} FILE`);
  if (!json) return;
  const message = '--json and an archive cannot both be on stdout';
  throw new FailureError({ code: 'USAGE', message, next: `gear volume backup ${volume} FILE --json` });
}

/** FailureError USAGE where an archive would be typed. */
export function expectPipedStdin(volume: string): void {
  expectNoTerminal(process.stdin, `gear volume restore ${volume} FILE`);
}

/** The words of a command in a flag, as a shell splits them; nothing is expanded. FailureError VALUE_INVALID. */
function commandWords(flag: string, text: string): readonly string[] {
  const words = splitWords(text);
  if (!words.ok) {
    throw new FailureError(
      ...words.failures.map(({ place, ...failure }) => ({
        ...failure,
        ...(place === undefined ? {} : { place: { ...place, source: flag } }),
      })),
    );
  }
  if (words.value.length > 0) return words.value.map(({ text: word }) => word);
  throw new FailureError({
    code: 'VALUE_INVALID',
    message: `${flag} names no command`,
    next: `${flag} 'fsfreeze --freeze /data'`,
  });
}

/** One file has the bytes of one host. FailureError USAGE. */
export function expectOneHost(targets: readonly Target<unknown>[]): void {
  if (targets.length <= 1) return;
  throw new FailureError({
    code: 'USAGE',
    message: `one file is for one host, and ${String(targets.length)} are meant`,
    next: 'run it once a host',
  });
}

function expectNoTerminal(stream: NodeJS.ReadStream | NodeJS.WriteStream, next: string): void {
  if (!stream.isTTY) return;
  throw new FailureError({ code: 'USAGE', message: 'an archive is nothing for a terminal', next });
}
