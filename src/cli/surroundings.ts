import type { Surroundings } from '../core/descriptor/spec-change.ts';
import { localText } from './context.ts';

/** What the flags of a command line refer to: the environment, the folder, and the files of --env-file. */
export async function readSurroundings(files: readonly string[]): Promise<Surroundings> {
  const read = await Promise.all(files.map(async (file) => [file, await localText(file)] as const));
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return { environment, directory: process.cwd(), files: Object.fromEntries(read) };
}
