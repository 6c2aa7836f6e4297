import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { notes } from '../../src/core/descriptor/native/expect.ts';
import { narrowSchema } from '../../src/core/descriptor/native/narrow-schema.ts';
import { appSchema, containerSchema } from '../../src/core/descriptor/native/schema.ts';
import { isDescriptor, isOverlay } from '../support/shipped-schemas.ts';
import { anyValue, descriptorLike } from './descriptor-values.ts';

/** The example that the documents give for each key of a container. */
const examples = Object.entries(containerSchema._zod.def.shape).flatMap(([key, schema]) => {
  const { def } = schema._zod as { readonly def: { readonly innerType?: typeof schema } };
  const note = notes.get(def.innerType ?? schema);
  return note === undefined ? [] : [{ key, value: parse(note.example) as unknown }];
});

/** A descriptor with some keys as the documents show them, and now and then one of any kind. */
const nearly = fc
  .array(
    fc
      .constantFrom(...examples)
      .chain(({ key, value }) =>
        fc
          .oneof({ arbitrary: fc.constant(value), weight: 9 }, { arbitrary: anyValue, weight: 1 })
          .map((given) => [key, given] as const),
      ),
    { maxLength: 6 },
  )
  .map((entries) => ({
    containers: { web: { image: 'nginx:1.27', ...(Object.fromEntries(entries) as object) } },
  }));

// A name that JavaScript means something by is refused by its own rule (checkName).
const values = fc
  .oneof({ arbitrary: nearly, weight: 4 }, descriptorLike, anyValue)
  .filter((value) => !/"(__proto__|x-[^"]*)":/.test(JSON.stringify(value)));

test('the shipped schema takes what gear takes, and nothing else', () => {
  let taken = 0;
  fc.assert(
    fc.property(values, (value) => {
      const { success } = appSchema.safeParse(value);
      if (success) taken++;
      expect(isDescriptor(value)).toBe(success);
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('every descriptor is an overlay as well', () => {
  fc.assert(
    fc.property(values, (value) => {
      fc.pre(isDescriptor(value));
      expect(isOverlay(value)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('what is read by a schema of the keys that it has is judged as by the whole one', () => {
  let refused = 0;
  fc.assert(
    fc.property(values, (value) => {
      const whole = appSchema.safeParse(value);
      if (!whole.success) refused++;
      expect(narrowSchema(value).safeParse(value)).toEqual(whole);
    }),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(100);
});
