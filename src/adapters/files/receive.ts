import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FailureError } from '../../errors/failure.ts';
import { makeFolder } from './make-folder.ts';

/** What arrives, which files, and its digest. */
export interface Arrival {
  readonly path: string;
  readonly gzipped: AsyncIterable<Uint8Array>;
  readonly digest: string;
  readonly signal?: AbortSignal | undefined;
}

/** Writes one file of what comes compressed, as the port Files promises. */
export async function receiveFile({ path, gzipped, digest, signal }: Arrival): Promise<void> {
  await makeFolder(dirname(path), 0o700);
  const part = `${path}.part`;
  const hash = createHash('sha256');
  const counted = new PassThrough().on('data', (chunk: Buffer) => hash.update(chunk));
  const file = createWriteStream(part, { mode: 0o600, flush: true });
  const options = signal === undefined ? {} : { signal };
  try {
    await pipeline(Readable.from(gzipped), createGunzip(), counted, file, options);
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== digest) throw damaged(path, digest);
    await rename(part, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw damaged(path, digest);
    throw error;
  }
}

/** What came is not what was sent. */
export function damaged(path: string, digest: string): FailureError {
  return new FailureError({
    code: 'IMAGE_DAMAGED',
    message: `${basename(path).slice(0, 12)} did not arrive as it was sent: its digest is not ${digest.slice(0, 19)}`,
    next: 'run the same command again: what arrived whole is not sent again',
    subject: path,
  });
}
