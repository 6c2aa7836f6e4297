import type { Readable } from 'node:stream';

/**
 * Cuts a stream into D-Bus messages and hands over each one whole ("Message Format" of the specification).
 * `onBroken` is called once, when the stream cannot be D-Bus; nothing is read after that.
 */
export function readFrames(
  stream: Readable,
  onFrame: (frame: Buffer) => void,
  onBroken: (error: Error) => void,
): void {
  let header: Buffer | null = null;
  const read = (): void => {
    for (;;) {
      header ??= stream.read(HEADER_BYTES) as Buffer | null;
      if (header === null) return;
      const bodyBytes = remainingBytes(header);
      if (bodyBytes === null) {
        stream.off('readable', read);
        onBroken(new Error('the peer sent something that is not D-Bus'));
        return;
      }
      const rest = stream.read(bodyBytes) as Buffer | null;
      // An ending stream gives out what is left, however little: the cut message is dropped with it.
      if (rest === null || rest.length < bodyBytes) return;
      const frame = Buffer.concat([header, rest]);
      header = null;
      onFrame(frame);
    }
  };
  stream.on('readable', read);
}

const HEADER_BYTES = 16;
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;
const LITTLE_ENDIAN = 0x6c;
const BIG_ENDIAN = 0x42;

/** Bytes after the fixed header: the header fields padded to eight, then the body. */
function remainingBytes(header: Buffer): number | null {
  if (header.length < HEADER_BYTES) return null;
  const endian = header.readUInt8(0);
  if (endian !== LITTLE_ENDIAN && endian !== BIG_ENDIAN) return null;
  const u32 = (at: number): number =>
    endian === LITTLE_ENDIAN ? header.readUInt32LE(at) : header.readUInt32BE(at);
  const bytes = Math.ceil(u32(12) / 8) * 8 + u32(4);
  return bytes > 0 && bytes <= MAX_MESSAGE_BYTES ? bytes : null;
}
