import { readFile } from 'node:fs/promises';
import { problemOf } from './problem.ts';

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
