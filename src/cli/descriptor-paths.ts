import path from 'node:path';
import { Flags } from '@oclif/core';
import { type Format, formats } from '../core/descriptor/foreign/formats.ts';
import { FailureError } from '../errors/failure.ts';
import type { DescriptorPaths } from './descriptor-groups.ts';

/** For every command that reads descriptors. */
export const fileFlag = Flags.string({
  char: 'f',
  description: 'A file of one app; given again, the next is laid over those before it',
  helpValue: 'FILE',
  multiple: true,
  multipleNonGreedy: true,
});

/** For every command that reads descriptors; `--format` says the same where a command does not use it for its output. */
export const fromFlag = Flags.option({
  options: formats,
  description: 'Format of the files; else each is known by what it holds',
  helpValue: 'FORMAT',
  aliases: ['format'],
})();

/** The same for commands with a --format of their own. */
export const plainFromFlag = Flags.option({
  options: formats,
  description: 'Format of the files; else each is known by what it holds',
  helpValue: 'FORMAT',
})();

/** For commands that act on descriptors of other formats. */
export const strictFlag = Flags.boolean({
  description: 'Refuse what of a file in another format is only approximated',
  default: false,
});

export const profileFlag = Flags.string({
  description: 'Also run the services of this Compose profile',
  helpValue: 'NAME',
  multiple: true,
  multipleNonGreedy: true,
});

interface PathFlags {
  readonly file?: readonly string[] | undefined;
  readonly from?: Format | undefined;
  readonly profile?: readonly string[] | undefined;
}

/** The descriptors that a command line names. FailureError USAGE where it names none. */
export function descriptorPaths(
  command: string,
  words: readonly string[],
  { file, from, profile }: PathFlags,
): DescriptorPaths {
  if (words.length === 0 && file === undefined)
    throw new FailureError({
      code: 'USAGE',
      message: 'the descriptor is missing',
      next: `gear ${command} gear.yaml`,
    });
  return {
    paths: words,
    overlays: file ?? [],
    ...(from === undefined ? {} : { format: from }),
    ...(profile === undefined ? {} : { profiles: profile }),
  };
}

/** A path of the command line, from the working directory. */
export function absolute(given: string): string {
  return path.resolve(given);
}
