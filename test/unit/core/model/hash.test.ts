import { describe, expect, it } from 'vitest';
import { canonicalJson, hashOf } from '../../../../src/core/model/hash.ts';

describe('canonical JSON', () => {
  it('sorts the keys at every depth and keeps the order of lists', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'x' }, 2], a: null })).toBe('{"a":null,"b":[{"c":"x","d":1},2]}');
  });

  it('drops undefined properties, as if they had not been given', () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }));
  });

  it('orders keys by code unit, not by locale', () => {
    expect(canonicalJson({ a: 1, B: 2, ä: 3 })).toBe('{"B":2,"a":1,"ä":3}');
  });

  it.each([
    ['a function', () => 1],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a sparse list', new Array(2)],
    ['NaN', { n: Number.NaN }],
    ['infinity', Infinity],
    ['a bigint', 1n],
    ['a symbol', Symbol('s')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('refuses an object that contains itself, and accepts one that is used twice', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(() => canonicalJson(cycle)).toThrow(TypeError);
    const shared = { x: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"x":1},{"x":1}]');
  });
});

describe('the hash of data', () => {
  it('is the start of the SHA-256 of the canonical JSON', () => {
    expect(hashOf({})).toBe('44136fa355b3');
  });
});
