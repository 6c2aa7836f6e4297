import path from 'node:path';
import { Flags } from '@oclif/core';
import { FailureError } from '../errors/failure.ts';
import type { DescriptorPaths } from './read-apps.ts';

/** For every command that reads descriptors. */
export const fileFlag = Flags.string({
  char: 'f',
  description: 'A file of one app; given again, the next is laid over those before it',
  helpValue: 'FILE',
  multiple: true,
  multipleNonGreedy: true,
});

/** The descriptors that a command line names. FailureError USAGE where it names none. */
export function descriptorPaths(
  command: string,
  words: readonly string[],
  overlays: readonly string[] | undefined,
): DescriptorPaths {
  if (words.length === 0 && overlays === undefined)
    throw new FailureError({
      code: 'USAGE',
      message: 'the descriptor is missing',
      next: `gear ${command} gear.yaml`,
    });
  return { paths: words, overlays: overlays ?? [] };
}

/** A path of the command line, from the working directory. */
export function absolute(given: string): string {
  return path.resolve(given);
}
