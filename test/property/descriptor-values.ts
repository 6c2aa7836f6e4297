import fc from 'fast-check';
import { containerSchema } from '../../src/core/descriptor/native/schema.ts';

const keys = Object.keys(containerSchema._zod.def.shape);
const hostile = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    'web',
    'db',
    '80:80',
    '5s',
    'data:/data',
    'on-failure',
    '1g',
    '__proto__',
    '*-*-* 03:00',
    '0 3 * * *',
    '',
  ),
);
/** Any value at all, of which some are nearly those of a descriptor. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    hostile,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom(...keys, 'secret', 'name', 'cmd', 'policy', 'Service')),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;
const container = fc
  .dictionary(fc.constantFrom(...keys), anyValue, { maxKeys: 8 })
  .map((given) => ({ image: 'nginx:1.27', ...given }));
/** What has the keys of a descriptor, with values of any kind. */
export const descriptorLike: fc.Arbitrary<unknown> = fc.record(
  {
    name: fc.oneof(fc.constant('shop'), anyValue),
    containers: fc.oneof(
      anyValue,
      fc.dictionary(fc.constantFrom('web', 'db', 'web-1', '__proto__', 'A'), fc.oneof(container, anyValue), {
        maxKeys: 3,
      }),
    ),
    networks: anyValue,
    volumes: anyValue,
  },
  { requiredKeys: ['containers'] },
);
