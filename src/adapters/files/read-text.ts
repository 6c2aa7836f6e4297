import { readFile } from 'node:fs/promises';

/** A file that a person names: its text, or in words why there is none. */
export async function readText(
  path: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** In words, why a file that a person names cannot be read. */
export function problemOf(error: unknown): string {
  return problems[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read';
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
};
