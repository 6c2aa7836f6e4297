/** An address block: its first address and how many addresses it has, as numbers. */
export interface Block {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly size: bigint;
}

const bitsOf = { 4: 32, 6: 128 } as const;

/**
 * Reads ADDRESS/PREFIX, or an address alone as a block of one; null when it is neither. Bits behind the prefix are
 * ignored.
 */
export function parseBlock(text: string): Block | null {
  const [address = '', prefixText, ...rest] = text.split('/');
  const family = address.includes(':') ? 6 : 4;
  const value = family === 6 ? parseIpv6(address) : parseIpv4(address);
  const bits = bitsOf[family];
  const prefix = prefixText === undefined ? bits : /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : -1;
  if (value === null || prefix < 0 || prefix > bits || rest.length > 0) return null;
  const size = 1n << BigInt(bits - prefix);
  return { family, first: value - (value % size), size };
}

/** The block in CIDR. */
export function formatBlock({ family, first, size }: Block): string {
  const prefix = bitsOf[family] - (size.toString(2).length - 1);
  return `${family === 4 ? formatIpv4(first) : formatIpv6(first)}/${String(prefix)}`;
}

/** Whether they have an address in common. */
export function overlap(a: Block, b: Block): boolean {
  return a.family === b.family && a.first < b.first + b.size && b.first < a.first + a.size;
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** As RFC 4291 writes it, with at most one "::"; the last 32 bits may be written as IPv4. */
function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '');
  const tail = groupsOf(halves[1] ?? '');
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const zeros = Array.from({ length: missing }, () => 0n);
  return [...head, ...zeros, ...tail].reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(text: string): readonly bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const ipv4 = at === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (ipv4 !== null) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
}

/** With "::" for the zeros at the end, which is where a network's address has them. */
function formatIpv6(value: bigint): string {
  const shifts = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n];
  const groups = shifts.map((shift) => ((value >> shift) & 0xffffn).toString(16));
  const last = groups.findLastIndex((group) => group !== '0');
  return last < 6 ? `${groups.slice(0, last + 1).join(':')}::` : groups.join(':');
}
