/** A file of an archive. Its body is read before the next one, or passed over. */
export interface TarFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What comes is no archive, or not all of one. */
export class BrokenArchive extends Error {}

const blockBytes = 512;
/** What engines write into the headers of pax(1) is a number and a name. */
const longestRecords = 1024 * 1024;

/**
 * The plain files of an archive as they come (ustar with the records of pax(1), as both engines write it). An archive
 * that ends early throws BrokenArchive. A library would read from a stream of Node what is an iteration here, and more kinds of tar
 * than engines write.
 */
export async function* tarFiles(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const bytes = new Pieces(archive);
  try {
    yield* filesIn(bytes);
  } finally {
    await bytes.end();
  }
}

async function* filesIn(bytes: Pieces): AsyncGenerator<TarFile> {
  let records = new Map<string, string>();
  for (;;) {
    const header = await bytes.exactly(blockBytes);
    if (header.every((byte) => byte === 0)) break;
    const sizeBytes = Number(records.get('size') ?? numberIn(header.subarray(124, 136)));
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0)
      throw new BrokenArchive('a header of the archive has no size');
    const kind = String.fromCharCode(header[156] ?? 0);
    const padding = (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
    if (kind === 'x') {
      if (sizeBytes > longestRecords) throw new BrokenArchive('a header of the archive is too long');
      records = recordsIn(await bytes.exactly(sizeBytes));
      await bytes.skip(padding);
      continue;
    }
    const body = new Body(bytes, sizeBytes);
    if (kind === '0' || kind === '\0') {
      yield { name: records.get('path') ?? nameIn(header), sizeBytes, body };
    }
    records = new Map();
    await body.skip();
    await bytes.skip(padding);
  }
  await bytes.drain();
}

/** The bytes of one file; what is not read is passed over. */
class Body implements AsyncIterable<Uint8Array> {
  #left: number;
  readonly #bytes: Pieces;

  constructor(bytes: Pieces, sizeBytes: number) {
    this.#bytes = bytes;
    this.#left = sizeBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) {
      const piece = await this.#bytes.atMost(this.#left);
      this.#left -= piece.length;
      yield piece;
    }
  }

  async skip(): Promise<void> {
    const left = this.#left;
    this.#left = 0;
    await this.#bytes.skip(left);
  }
}

/** An iteration of bytes, read by number. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Some bytes, at least one and not more than `most`. */
  async atMost(most: number): Promise<Uint8Array> {
    while (this.#piece.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) throw new BrokenArchive('the archive ended early');
      this.#piece = next.value;
    }
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    return taken;
  }

  async exactly(count: number): Promise<Uint8Array> {
    const whole = new Uint8Array(count);
    for (let at = 0; at < count;) {
      const piece = await this.atMost(count - at);
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** Whoever writes the rest is not left with a closed pipe. */
  async drain(): Promise<void> {
    while ((await this.#source.next()).done !== true);
  }

  async end(): Promise<void> {
    await this.#source.return?.();
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.atMost(left)).length;
  }
}

function nameIn(header: Uint8Array): string {
  const prefix = textIn(header.subarray(345, 500));
  const name = textIn(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textIn(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

/** Octal; above 8 GiB in base 256, which a first bit tells. */
function numberIn(field: Uint8Array): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  const octal = textIn(field).trim();
  return /^[0-7]+$/.test(octal) ? Number.parseInt(octal, 8) : Number.NaN;
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function recordsIn(block: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < block.length;) {
    const space = block.indexOf(0x20, at);
    const length = Number(new TextDecoder().decode(block.subarray(at, space)));
    if (space === -1 || !(length > space - at)) break;
    const record = new TextDecoder().decode(block.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
