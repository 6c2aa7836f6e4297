import path from 'node:path';
import type { Claim } from '../../controller/machine/state.ts';
import { FailureError } from '../../errors/failure.ts';
import { localFolder } from '../context.ts';
import { localDescriptor } from '../descriptor-groups.ts';

/** A folder that was watched before may come back; one that never was is a slip. FailureError VALUE_INVALID. */
export async function refuseUnknown(folders: readonly string[], claims: readonly Claim[]): Promise<void> {
  for (const folder of folders) {
    const isKnown = claims.some(({ source }) => source.startsWith(`${folder}/`));
    if (isKnown || (await localFolder(folder)) !== null) continue;
    if ('bytes' in localDescriptor(folder)) {
      throw new FailureError({
        code: 'VALUE_INVALID',
        message: `${folder} is a file, and what is watched is a folder`,
        next: `gear watch ${path.dirname(folder)}; or once: gear apply ${folder}`,
      });
    }
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: `there is no folder ${folder}`,
      next: `make it: mkdir -p ${folder}`,
    });
  }
}
