/** How many bytes follow a first byte, and the range of the first of them (Unicode, table 3-7); undefined: not a first byte. */
function expectation(lead: number): readonly [following: number, low: number, high: number] | undefined {
  if (lead < 0x80) return [0, 0, 0];
  if (lead >= 0xc2 && lead <= 0xdf) return [1, 0x80, 0xbf];
  if (lead === 0xe0) return [2, 0xa0, 0xbf];
  if (lead === 0xed) return [2, 0x80, 0x9f];
  if (lead >= 0xe1 && lead <= 0xef) return [2, 0x80, 0xbf];
  if (lead === 0xf0) return [3, 0x90, 0xbf];
  if (lead >= 0xf1 && lead <= 0xf3) return [3, 0x80, 0xbf];
  if (lead === 0xf4) return [3, 0x80, 0x8f];
  return undefined;
}

/** The offset of the first byte that begins no character of UTF-8; undefined when every byte belongs to one. */
export function firstInvalidByte(bytes: Uint8Array): number | undefined {
  for (let at = 0; at < bytes.length;) {
    const expected = expectation(bytes[at] ?? 0);
    if (expected === undefined) return at;
    const [following, low, high] = expected;
    for (let index = 1; index <= following; index++) {
      const byte = bytes[at + index];
      const [from, to] = index === 1 ? [low, high] : [0x80, 0xbf];
      if (byte === undefined || byte < from || byte > to) return at;
    }
    at += following + 1;
  }
  return undefined;
}

/** Bytes as text, without a byte order mark; undefined when they are not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
