import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containerKeys, deploymentKeys } from '../../src/core/descriptor/geard/keys.ts';
import { geardOf } from '../support/geard.ts';

const anything = fc.oneof(
  fc.constantFrom<unknown>(
    1,
    0,
    'web',
    [{ To: 'web' }],
    [{ Internal: 80, External: 0 }],
    [{ Name: 'A', Value: 'b' }],
    null,
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const mapOf = (names: readonly { readonly name: string }[]) =>
  fc.dictionary(fc.constantFrom(...names.map(({ name }) => name)), anything);
const deployment = fc
  .tuple(mapOf(deploymentKeys), fc.array(mapOf(containerKeys)))
  .map(([fields, containers]) => ({
    ...fields,
    Containers: containers.map((each) => ({ Name: 'web', Image: 'web:1', Count: 1, ...each })),
  }));

test('whatever a deployment holds, reading it ends in a value or in mistakes with places, never in a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(deployment, anything), async (value) => {
      const app = await geardOf(JSON.stringify(value));
      if (app.ok) return;
      expect(app.failures.length).toBeGreaterThan(0);
      for (const { message, next, place } of app.failures) {
        expect(message).toMatch(/^[^\n]*[^.\n]$/);
        expect(next).not.toBe('');
        expect(place?.source).toBe('shop.json');
      }
    }),
    { numRuns: 800 },
  );
});
