import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkApps } from '../../src/core/descriptor/checks/check-apps.ts';
import type { Document } from '../../src/core/descriptor/document.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { anyValue, descriptorLike } from './descriptor-values.ts';

const context = { directory: '/srv/shop', environment: {}, files: new Map() };

function documentOf(value: unknown): Document {
  const place = { source: 'shop.yaml', line: 1, column: 1, text: '' };
  return { value, source: 'shop.yaml', place: () => place, locate: () => Promise.resolve() };
}

/** Each map with its keys the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('reading a native descriptor', () => {
  it('gives a request, or failures each of which has a place and something to do; it never throws', () => {
    return fc.assert(
      fc.asyncProperty(fc.oneof(anyValue, descriptorLike), async (value) => {
        const document = documentOf(value);
        const read = readNative(document, context);
        if (read.ok) {
          const found = await checkApps([{ ...document, request: read.value }]);
          for (const { failure } of found) expect(failure.next).not.toBe('');
          return;
        }
        expect(read.failures.length).toBeGreaterThan(0);
        for (const { place, next, message } of read.failures) {
          expect(place?.source).toBeDefined();
          expect(next).not.toBe('');
          expect(message).toMatch(/^[^A-Z\n][^\n]*[^.]$/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  const sound = fc.record({
    name: fc.constant('shop'),
    containers: fc.dictionary(
      fc.constantFrom('web', 'db', 'api'),
      fc.record(
        {
          image: fc.constantFrom('nginx:1.27', 'postgres:17'),
          env: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('1', 'two')),
          labels: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y')),
          networks: fc.dictionary(
            fc.constantFrom('front', 'back'),
            fc.constantFrom(null, { aliases: ['z'] }),
            { minKeys: 1 },
          ),
          systemd: fc.constant({ Service: { Nice: 5, LimitNOFILE: [1, 2] }, Unit: { Documentation: 'a' } }),
          count: fc.constantFrom(1, 2),
        },
        { requiredKeys: ['image'] },
      ),
      { minKeys: 1 },
    ),
    networks: fc.constant({ front: {}, back: { internal: true, labels: { b: '1', a: '2' } } }),
    volumes: fc.constant({ data: { labels: { b: '1', a: '2' } }, more: null }),
  });

  it('makes the same of the same keys in another order', () => {
    fc.assert(
      fc.property(sound, (value) => {
        const [one, other] = [
          readNative(documentOf(value), context),
          readNative(documentOf(reversed(value)), context),
        ];
        expect(one.ok).toBe(true);
        expect(JSON.stringify(sortEnvironments(other))).toBe(JSON.stringify(sortEnvironments(one)));
      }),
    );
  });
});

/** An environment is a record: the order of its variables is no part of it. */
function sortEnvironments(read: ReturnType<typeof readNative>): unknown {
  if (!read.ok) return read;
  const containers = read.value.containers.map((each) => ({
    ...each,
    environment: Object.entries(each.environment).toSorted(),
  }));
  return { ...read.value, containers };
}
