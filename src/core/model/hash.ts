import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const hashDigits = 12;

/**
 * JSON with the keys of every object sorted and undefined properties dropped: equal data gives equal text, whatever
 * order it was built in. Throws TypeError for what JSON cannot carry (functions, class instances, NaN, undefined in a
 * list, cycles), because such a value would be hashed as something else than it is.
 */
export function canonicalJson(value: unknown): string {
  return encode(value, []);
}

/** The first 12 hex digits of the SHA-256 of the canonical JSON: tells forms apart, is no proof against forgery. */
export function hashOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, hashDigits);
}

function encode(value: unknown, ancestors: readonly object[]): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw new TypeError(`Not JSON: ${typeof value}`);
  if (ancestors.includes(value)) throw new TypeError('Not JSON: an object that contains itself');
  const line = [...ancestors, value];
  // Not map(): it skips the holes of a sparse list.
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => encode(item, line)).join(',')}]`;
  if (!isPlain(value)) throw new TypeError('Not JSON: an instance of a class');
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${encode(item, line)}`);
  return `{${entries.join(',')}}`;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
