import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, hashOf } from '../../src/core/model/hash.ts';
import { isSame } from '../../src/core/model/same.ts';
import { hmacSha256Hex, sha256Hex } from '../../src/core/model/sha256.ts';
import * as native from '../../scripts/native-sha256.ts';

/** The same data, built with the keys of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .reverse()
    .map(([key, item]) => [key, reordered(item)] as const);
  return Object.fromEntries(entries);
}

it('does not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(hashOf(reordered(value))).toBe(hashOf(value));
    }),
  );
});

it('is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('differs for different values', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b);
      expect(hashOf(a) === hashOf(b)).toBe(same);
      // JSON itself says whether the two differ; what is sorted on both sides tells order apart from content.
      expect(same).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});

it('differs when one property of an object changes', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.string(), (object, key, text) => {
      const before = Object.entries(object).filter(([name]) => name !== key);
      const changed = Object.fromEntries([...before, [key, { changedTo: text }]]);
      const other = Object.fromEntries([...before, [key, { changedTo: `${text}!` }]]);
      expect(hashOf(changed)).not.toBe(hashOf(other));
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .map(([key, item]) => [key, sorted(item)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .concat([['{}', 'object']]);
}

it('is the same for two values that isSame() takes for one, and for no others', () => {
  const withHoles = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withHoles);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, item]) => [key, withHoles(item)] as const);
    return Object.fromEntries([['undefined property', undefined] as const, ...entries]);
  };
  const near = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), near), fc.oneof(fc.jsonValue(), near), (a, b) => {
      expect(isSame(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      expect(isSame(withHoles(reordered(a)), a)).toBe(true);
      expect(isSame(a, withHoles(reordered(a)))).toBe(true);
    }),
  );
});

it('gives the digits of the native hash, which the bundle has in its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 200 }), (text, key) => {
      expect(sha256Hex(text)).toBe(native.sha256Hex(text));
      const bytes = new TextEncoder().encode(text);
      expect(hmacSha256Hex(key, bytes)).toBe(native.hmacSha256Hex(key, bytes));
    }),
  );
});
