import { sha256Hex } from './sha256.ts';

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
  return sha256Hex(canonicalJson(value)).slice(0, hashDigits);
}

function encode(value: unknown, ancestors: object[]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'object') throw new TypeError(`Not JSON: ${typeof value}`);
  if (ancestors.includes(value)) throw new TypeError('Not JSON: an object that contains itself');
  ancestors.push(value);
  const text = Array.isArray(value) ? encodeList(value, ancestors) : encodeObject(value, ancestors);
  ancestors.pop();
  return text;
}

function encodeList(list: readonly unknown[], ancestors: object[]): string {
  let text = '';
  // Not map(): it skips the holes of a sparse list.
  for (const item of list) text += `${text === '' ? '' : ','}${encode(item, ancestors)}`;
  return `[${text}]`;
}

function encodeObject(value: object, ancestors: object[]): string {
  if (!isPlain(value)) throw new TypeError('Not JSON: an instance of a class');
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${encode(item, ancestors)}`;
  }
  return `{${text}}`;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
