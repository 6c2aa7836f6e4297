import { type EngineKind, engineKinds } from './engine-kind.ts';

/** Whose data an archive holds. */
export interface ArchiveOrigin {
  readonly volume: string;
  /** The labels of gear's on the volume: whose it was. Empty for a volume that gear did not make. */
  readonly labels: Readonly<Record<string, string>>;
  /** The engine that had it. Absent in an archive of before this was noted. */
  readonly engine?: EngineKind;
}

/** What the end of an archive says of all before it. */
export interface ArchiveSeal {
  readonly sha256: string;
  readonly bytes: number;
}

/** tar(5) counts in blocks of this many bytes. */
export const blockBytes = 512;
/** The header of an archive of gear's: a block that announces, and one that tells. */
export const headerBytes = 2 * blockBytes;

const keyword = 'comment=gear-volume ';
const sealWord = 'gear-volume-end';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * What an archive of gear's begins with: a global extended header of pax(1) with a comment, which every tar skips. What
 * follows is a plain tar stream, and the seal stands after its end, where no tar reads on.
 */
export function archiveHeader({ volume, labels, ...engine }: ArchiveOrigin): Uint8Array {
  const full = paxRecord(`${keyword}${JSON.stringify({ volume, ...engine, labels })}\n`);
  const record =
    full.length <= blockBytes ? full : paxRecord(`${keyword}${JSON.stringify({ volume, ...engine })}\n`);
  const header = new Uint8Array(headerBytes);
  const put = (at: number, text: string): void => header.set(encoder.encode(text), at);
  put(0, 'pax_global_header');
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${record.length.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0');
  put(148, ' '.repeat(8));
  put(156, 'g');
  put(257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  header.set(record, blockBytes);
  return header;
}

/** `LENGTH comment=…\n`, where the length counts its own digits (pax(1), extended headers). */
function paxRecord(rest: string): Uint8Array {
  const length = encoder.encode(rest).length + 1;
  const digits = [1, 2, 3, 4].find((count) => String(length + count).length === count) ?? 1;
  return encoder.encode(`${String(length + digits)} ${rest}`);
}

/** What the first `headerBytes` of an archive of gear's say; null for any other. */
export function readHeader(first: Uint8Array): ArchiveOrigin | null {
  const text = decoder.decode(first.subarray(blockBytes, headerBytes));
  const start = text.indexOf(keyword);
  const end = text.indexOf('\n');
  if (start === -1 || start > 6 || end === -1) return null;
  try {
    return originOf(JSON.parse(text.slice(start + keyword.length, end)));
  } catch {
    // What is not JSON was not written by gear.
    return null;
  }
}

function originOf(value: unknown): ArchiveOrigin | null {
  if (typeof value !== 'object' || value === null || !('volume' in value)) return null;
  if (typeof value.volume !== 'string') return null;
  const labels = 'labels' in value ? value.labels : {};
  const pairs = typeof labels === 'object' && labels !== null ? Object.entries(labels) : [];
  const engine = 'engine' in value ? engineKinds.find((kind) => kind === value.engine) : undefined;
  return {
    volume: value.volume,
    ...(engine === undefined ? {} : { engine }),
    labels: Object.fromEntries(
      pairs.filter((pair): pair is [string, string] => isOwnLabel(pair[0]) && isName(pair[1])),
    ),
  };
}

function isOwnLabel(key: string): boolean {
  return key === 'gear.name' || key === 'gear.owner';
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9_.-]{0,126}$/.test(value);
}

/** The last block of an archive. */
export function archiveSeal({ sha256, bytes }: ArchiveSeal): Uint8Array {
  const block = new Uint8Array(blockBytes);
  block.set(encoder.encode(`${sealWord} sha256=${sha256} bytes=${String(bytes)}\n`));
  return block;
}

/** What a last block says; null when it is no seal. */
export function readSeal(block: Uint8Array): ArchiveSeal | null {
  const [, sha256, bytes] =
    /^gear-volume-end sha256=([0-9a-f]{64}) bytes=(\d{1,16})\n\0*$/.exec(decoder.decode(block)) ?? [];
  return sha256 === undefined ? null : { sha256, bytes: Number(bytes) };
}

/** What bytes that begin like this are: a tar stream, something compressed, or none of these. */
export function streamKind(first: Uint8Array): 'tar' | 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'other' {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => first[at] === byte);
  if (begins(0x1f, 0x8b)) return 'gzip';
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  if (begins(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return 'xz';
  if (begins(0x42, 0x5a, 0x68)) return 'bzip2';
  return decoder.decode(first.subarray(257, 262)) === 'ustar' ? 'tar' : 'other';
}

/** Whether a tar stream that ends like this is whole: two blocks of zeros end it (tar(5)). */
export function isTarEnd(last: Uint8Array): boolean {
  return last.length >= 2 * blockBytes && last.every((byte) => byte === 0);
}
