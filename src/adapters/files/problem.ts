import { errnoOf } from './refusal.ts';

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
  ELOOP: 'is a loop of symbolic links',
  ENAMETOOLONG: 'has a name that is too long',
  ENXIO: 'is no ordinary file',
};

/** In words, why a file that a person names cannot be read. What has no errno is a bug, and thrown. */
export function problemOf(error: unknown): string {
  const errno = errnoOf(error);
  if (errno === null) throw error;
  return problems[errno] ?? `cannot be read (${errno})`;
}
