import { FailureError } from '../../errors/failure.ts';

/** The folders that a command line names. FailureError USAGE where it names none. */
export function watchedFolders(words: readonly string[]): readonly string[] {
  if (words.length > 0) return words;
  throw new FailureError({
    code: 'USAGE',
    message: 'the folder is missing',
    next: 'gear watch /etc/apps',
  });
}
