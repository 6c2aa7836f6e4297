import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { createNew } from './new-file.ts';
import { problemOf } from './problem.ts';
import { syncFolder } from './sync.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** The root's alone: what is copied may hold anything. */
const ownMode = 0o600;
/** As many as nobody guesses: the folder may be one that others write to. */
const randomPart = 8;

/**
 * A file of this machine that is there once all of it is: written beside its place, synced, renamed on `finish`. Throws
 * FailureError FILE_FAILED.
 */
export function fileSink(path: string): {
  write(bytes: Bytes): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
} {
  const part = `${path}.${randomBytes(randomPart).toString('hex')}.part`;
  let opening: ReturnType<typeof open> | undefined;
  const file = () => (opening ??= open(part, createNew, ownMode));
  // It is the folder that is not there: the file itself is not to be.
  const opened = async () => {
    try {
      await file();
    } catch (error) {
      // Of anything else the writing itself tells.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return;
      const folder = dirname(path);
      throw unusable(`the folder ${quote(folder)}`, 'does not exist', `mkdir -p ${folder}`);
    }
  };
  return {
    async write(bytes) {
      await opened();
      await told(path, async () => {
        const handle = await file();
        for await (const chunk of bytes) await handle.writeFile(chunk);
      });
    },
    async finish() {
      await told(path, async () => {
        const handle = await file();
        await handle.sync();
        await handle.close();
        await rename(part, path);
        await syncFolder(dirname(path));
      });
    },
    async abandon() {
      await (await opening?.catch(() => undefined))?.close();
      await rm(part, { force: true });
    },
  };
}

/** A stream that is there already, such as stdout. What was written stays: that its end is missing tells. FILE_FAILED. */
export function streamSink(stream: NodeJS.WritableStream): ReturnType<typeof fileSink> {
  return {
    async write(bytes) {
      try {
        await pipeline(Readable.from(bytes, { objectMode: false }), stream, { end: false });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
        throw unusable('stdout', 'was closed by what reads it');
      }
    },
    finish: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}

/** What is in a file of this machine, or in `-`, stdin. FailureError FILE_FAILED. */
export async function byteSource(path: string): Promise<Bytes> {
  if (path === '-') return process.stdin as Bytes;
  await told(path, () => stat(path));
  return createReadStream(path) as Bytes;
}

/** SHA-256 as bytes come. */
export function byteDigest(): { update(bytes: Uint8Array): void; end(): string } {
  const hash = createHash('sha256');
  return { update: (bytes) => hash.update(bytes), end: () => hash.digest('hex') };
}

/** Errors of the system in words; whatever else breaks passes through. */
async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw unusable(quote(path), problemOf(error));
  }
}

function unusable(subject: string, problem: string, next = 'name another file, or mend that'): FailureError {
  return new FailureError({
    code: 'FILE_FAILED',
    message: `${subject} ${problem}`,
    next,
    subject,
  });
}
