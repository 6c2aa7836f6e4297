import {
  type ArchiveOrigin,
  type ArchiveSeal,
  archiveHeader,
  blockBytes,
  headerBytes,
  isTarEnd,
  readHeader,
  readSeal,
  streamKind,
} from '../core/model/volume-archive.ts';
import { FailureError } from '../errors/failure.ts';

export type Bytes = AsyncIterable<Uint8Array>;

/** A SHA-256 that is computed as bytes come. */
export interface ByteDigest {
  update(bytes: Uint8Array): void;
  /** In hex; called once, at the end. */
  end(): string;
}

/**
 * Makes an archive of what tar writes: `body` is that, told whose it is before. `seal` is written once tar has ended well,
 * so that an archive without it is known to be cut off.
 */
export function archiveWriter(
  origin: ArchiveOrigin,
  digest: ByteDigest,
): { readonly body: (tar: Bytes) => Bytes; readonly seal: () => ArchiveSeal } {
  let bytes = 0;
  const count = (chunk: Uint8Array): Uint8Array => {
    digest.update(chunk);
    bytes += chunk.length;
    return chunk;
  };
  return {
    async *body(tar) {
      yield count(archiveHeader(origin));
      for await (const chunk of tar) yield count(chunk);
    },
    seal: () => ({ sha256: digest.end(), bytes }),
  };
}

/** An archive whose beginning was read. */
export interface OpenedArchive {
  /** Null: no archive of gear's, but some tar stream, whose end alone can be checked. */
  readonly origin: ArchiveOrigin | null;
  /**
   * The tar stream, to be read once. BACKUP_INVALID in place of its end when it is not whole, or not what was sealed: what
   * was made of it is to be thrown away.
   */
  readonly tar: Bytes;
}

/** Reads the beginning, so that what is no archive is refused before anything changes. BACKUP_INVALID. */
export async function openArchive(bytes: Bytes, name: string, digest: ByteDigest): Promise<OpenedArchive> {
  const chunks = bytes[Symbol.asyncIterator]();
  let first = new Uint8Array();
  while (first.length < headerBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = joined(first, next.value);
  }
  const kind = streamKind(first);
  if (kind !== 'tar') throw notTar(kind, name);
  const origin = readHeader(first.subarray(0, headerBytes));
  const rest = (async function* (): AsyncGenerator<Uint8Array> {
    yield first;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  })();
  return { origin, tar: origin === null ? endChecked(rest, name) : sealChecked(rest, name, digest) };
}

async function* sealChecked(bytes: Bytes, name: string, digest: ByteDigest): AsyncGenerator<Uint8Array> {
  let total = 0;
  const count = (chunk: Uint8Array): Uint8Array => {
    digest.update(chunk);
    total += chunk.length;
    return chunk;
  };
  const last = yield* allBut(bytes, blockBytes, count);
  const seal = readSeal(last);
  if (seal === null) throw damaged(name, 'its end is missing: it was cut off');
  if (seal.bytes !== total || seal.sha256 !== digest.end())
    throw damaged(name, 'its content does not match its checksum');
}

async function* endChecked(bytes: Bytes, name: string): AsyncGenerator<Uint8Array> {
  const last = yield* allBut(bytes, 2 * blockBytes, (chunk) => chunk);
  if (!isTarEnd(last)) throw damaged(name, 'its end is missing: it was cut off');
  yield last;
}

/** Hands on all but the last bytes, and returns these. */
async function* allBut(
  bytes: Bytes,
  kept: number,
  count: (chunk: Uint8Array) => Uint8Array,
): AsyncGenerator<Uint8Array, Uint8Array> {
  let held = new Uint8Array();
  for await (const chunk of bytes) {
    held = joined(held, chunk);
    if (held.length <= kept) continue;
    yield count(held.subarray(0, held.length - kept));
    held = held.slice(held.length - kept);
  }
  return held;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function damaged(name: string, why: string): FailureError {
  return new FailureError({
    code: 'BACKUP_INVALID',
    message: `${name} cannot be restored: ${why}`,
    next: 'take another copy of it, or an earlier backup; the volume is as it was',
    subject: name,
  });
}

const unpackers = { gzip: 'gzip', zstd: 'zstd', xz: 'xz', bzip2: 'bzip2' } as const;

function notTar(kind: keyof typeof unpackers | 'other' | 'tar', name: string): FailureError {
  const packed = kind === 'other' || kind === 'tar' ? undefined : unpackers[kind];
  return new FailureError({
    code: 'BACKUP_INVALID',
    message: packed === undefined ? `${name} is no tar archive` : `${name} is compressed by ${packed}`,
    next:
      packed === undefined
        ? 'gear volume backup VOLUME FILE writes one'
        : `unpack it on the way: ${packed} -dc FILE | gear volume restore VOLUME -`,
    subject: name,
  });
}
