import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertText } from '../../src/core/descriptor/foreign/convert-text.ts';
import { readCompose } from '../../src/core/descriptor/compose/read-compose.ts';
import { serviceAttributes } from '../../src/core/descriptor/compose/service-attributes.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import type { Path } from '../../src/core/descriptor/document.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';

const context = { directory: '/srv/shop', environment: { HOME: '/root' }, files: new Map() };
const keys = serviceAttributes.map(({ name }) => name);

/** A document whose places are the paths themselves. */
function documentOf(value: unknown) {
  return {
    value,
    source: 'compose.yaml',
    place: (path: Path) => ({ source: 'compose.yaml', text: path.join('.') }),
    locate: () => Promise.resolve(),
  };
}

/** What people and attackers write: near right, far off, of any type. */
const anything = fc.oneof(
  fc.constantFrom('80:80', './a:/b', 'x:/y', '1g', '10s', 'a=b', 'no', 'service:a', '', 0, -1, true, null),
  fc.constantFrom(
    ['a'],
    ['80:80', 3000],
    { a: 'b' },
    { a: { condition: 'service_healthy' } },
    [{ type: 'bind' }],
    [[]],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const service = fc.dictionary(
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: fc.string() }),
  anything,
  { maxKeys: 8 },
);
const file = fc.record(
  {
    services: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.dictionary(
          fc.constantFrom('a', 'b', 'C.d'),
          fc.oneof({ weight: 9, arbitrary: service }, { weight: 1, arbitrary: anything }),
        ),
      },
      { weight: 1, arbitrary: anything },
    ),
    networks: anything,
    volumes: anything,
    secrets: anything,
    configs: anything,
  },
  { requiredKeys: ['services'] },
);

test('whatever a file holds, reading it ends in a value or in mistakes with places, never in a crash', () => {
  fc.assert(
    fc.property(file, (value) => {
      const app = readCompose(documentOf(value), context);
      if (!app.ok) {
        expect(app.failures.length).toBeGreaterThan(0);
        for (const { message, next, place } of app.failures) {
          expect(message).toMatch(/^[^\n]*[^.\n]$/);
          expect(next).not.toBe('');
          expect(place).toBeDefined();
        }
        return;
      }
      readNative(app.value.document, context);
    }),
    { numRuns: 2000 },
  );
});

test('no key of a service is dropped in silence', () => {
  fc.assert(
    fc.property(file, (value) => {
      const app = readCompose(documentOf(value), context);
      if (!app.ok) return;
      const told = app.value.losses.map(({ key }) => key);
      const services = (value.services ?? {}) as Record<string, Record<string, unknown>>;
      for (const [name, attributes] of Object.entries(services)) {
        const whole = `services.${name}`;
        if (
          told.includes(whole) &&
          app.value.losses.some(({ key, words }) => key === whole && words.startsWith('left out'))
        )
          continue;
        for (const key of Object.keys(attributes))
          if (!key.startsWith('x-'))
            expect(
              told.some((each) => each === `${whole}.${key}` || each.startsWith(`${whole}.${key}.`)),
              `${whole}.${key}`,
            ).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what convert prints is read as the same descriptor', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (value) => {
      const app = readCompose(documentOf(value), context);
      if (!app.ok || app.value.references.length > 0) return;
      const bytes = new TextEncoder().encode(convertText(app.value).text);
      const printed = await readDocument([{ path: 'compose.yaml', bytes }], { variables: {} });
      if (!printed.ok) throw new Error(printed.failures.map(({ message }) => message).join('; '));
      expect(readNative(printed.value, context).ok).toBe(readNative(app.value.document, context).ok);
    }),
    { numRuns: 300 },
  );
});
