import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, read, unlinkSync, write } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { refusal } from '../files/refusal.ts';

const pieceBytes = 256 * 1024;

// By number: node's own streams of files close what they are given, and its handles complain when they are forgotten.
const readAt = promisify(read);
const writeTo = promisify(write);

/** Large and short-lived: file-hierarchy(7) keeps that out of /tmp, which may be memory. */
function folder(): string {
  return process.env['TMPDIR'] ?? '/var/tmp';
}

/** A file without a name: it goes with this process, however that ends. */
export class Scratch {
  readonly #fd: number;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Writes what comes, through the transform. FailureError DISK_FULL, FILE_FAILED. */
  static async of(
    content: AsyncIterable<Uint8Array>,
    through: Transform = new PassThrough(),
  ): Promise<Scratch> {
    const path = join(folder(), `gear-${randomBytes(8).toString('hex')}`);
    let fd: number | undefined;
    try {
      const { O_CREAT, O_EXCL, O_RDWR, O_NOFOLLOW } = constants;
      const open = openSync(path, O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW, 0o600);
      fd = open;
      unlinkSync(path);
      await pipeline(Readable.from(content), through, (pieces: AsyncIterable<Buffer>) => fill(open, pieces));
      return new Scratch(open);
    } catch (error) {
      if (fd !== undefined) closeSync(fd);
      throw error instanceof Error && 'syscall' in error ? refusal(error, 'write', path) : error;
    }
  }

  get sizeBytes(): number {
    return fstatSync(this.#fd).size;
  }

  /** All of it from the beginning; several may read side by side. */
  async *read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; ;) {
      const { bytesRead, buffer } = await readAt(this.#fd, Buffer.alloc(pieceBytes), 0, pieceBytes, at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  /** Frees its room before the process ends. Nobody may read any more. */
  close(): void {
    closeSync(this.#fd);
  }
}

async function fill(fd: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) at += (await writeTo(fd, piece, at)).bytesWritten;
  }
}
