import { type appSchema, appSchemaOf, containerSchema } from './schema.ts';

const made = new Map<string, typeof appSchema>();
/** Enough for every mixture of keys that a folder of descriptors has; beyond it a hostile one gains nothing. */
const mostMade = 100;

/**
 * A schema that says of this value what appSchema does, in a third of the time: zod looks at each key of a shape, given
 * or not, and the containers of a descriptor have ten keys of ninety.
 */
export function narrowSchema(value: unknown): typeof appSchema {
  const shape = containerSchema._zod.def.shape;
  const given = containersOf(value).flatMap((container) => Object.keys(container));
  const keys = new Set(given.filter((key) => Object.hasOwn(shape, key)));
  const id = [...keys].sort().join(' ');
  const known = made.get(id);
  if (known !== undefined) return known;
  const schema = appSchemaOf(keys);
  if (made.size < mostMade) made.set(id, schema);
  return schema;
}

function containersOf(value: unknown): readonly object[] {
  const containers: unknown = isObject(value) && 'containers' in value ? value.containers : undefined;
  return isObject(containers) ? Object.values(containers).filter(isObject) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
