import { type AdoptedRecord, parseAdopted } from '../core/model/adopted.ts';
import { paths } from '../core/model/paths.ts';
import type { Files } from '../ports/files.ts';

/** The records of all containers that were adopted, or are about to be. */
export async function readAdopted(files: Files): Promise<readonly AdoptedRecord[]> {
  const entries = await files.list(paths.adopted);
  const read = await Promise.all(
    entries.map(async ({ name }) => parseAdopted(name, await files.read(`${paths.adopted}/${name}`))),
  );
  return read.filter((each) => each !== null);
}
