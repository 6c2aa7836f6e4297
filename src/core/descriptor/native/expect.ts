import * as z from 'zod/mini';

/** What a key takes: in words, by an example in YAML, and what it is for. Messages, the JSON Schema and docs/descriptor.md show them. */
export interface Note {
  /** `an amount of memory`: what the value must be. */
  readonly what: string;
  /** How it is written, without the key. */
  readonly example: string;
  /** What it is for; absent for the items of a list. */
  readonly summary?: string;
}

/** What an issue of zod carries as its message: the note, and the keys of a map that holds one too many. */
export interface Wording {
  readonly what: string;
  readonly example: string;
  readonly keys?: readonly string[];
}

/** The notes of all schemas. */
export const notes = z.registry<Note>();

/** An issue of zod has room for one string, so the wording is packed into it. */
function says({ what, example }: Note, keys?: readonly string[]) {
  const plain = JSON.stringify({ what, example } satisfies Wording);
  const withKeys = JSON.stringify({ what, example, keys: keys ?? [] } satisfies Wording);
  return {
    error: ({ code }: { readonly code: string }) => (code === 'unrecognized_keys' ? withKeys : plain),
  };
}

function noted<S extends z.ZodMiniType>(note: Note, schema: S): S {
  notes.add(schema, note);
  return schema;
}

/** A string; a number is taken for its digits. */
export function text(note: Note): z.ZodMiniUnion<readonly [z.ZodMiniString, z.ZodMiniNumber]> {
  return noted(note, z.union([z.string(), z.number()], says(note)));
}

/** A string, and nothing that only looks like one. */
export function words(note: Note): z.ZodMiniString {
  return noted(note, z.string(says(note)));
}

/** true or false. */
export function toggle(note: Note): z.ZodMiniBoolean {
  return noted(note, z.boolean(says(note)));
}

/** One of the words. */
export function choice<const T extends string>(
  note: Note,
  options: readonly T[],
): z.ZodMiniEnum<{ [K in T]: K }> {
  return noted(note, z.enum(options, says(note)));
}

/** A list of one kind of item. */
export function list<S extends z.ZodMiniType>(note: Note, item: S): z.ZodMiniArray<S> {
  return noted(note, z.array(item, says(note)));
}

/** A map from names to one kind of value. */
export function map<S extends z.ZodMiniType>(note: Note, value: S): z.ZodMiniRecord<z.ZodMiniString, S> {
  return noted(note, z.record(z.string(), value, says(note)));
}

/** A map with known keys only. */
export function struct<S extends z.core.$ZodShape>(note: Note, shape: S): z.ZodMiniObject<S, z.core.$strict> {
  return noted(note, z.strictObject(shape, says(note, Object.keys(shape))));
}

/** Any one of several forms. */
export function either<const S extends readonly z.ZodMiniType[]>(note: Note, forms: S): z.ZodMiniUnion<S> {
  return noted(note, z.union(forms, says(note)));
}

/** false, where a key takes that beside something else. */
export function off(): z.ZodMiniLiteral<false> {
  return z.literal(false);
}

/** A map that may be left empty. */
export function orNothing<S extends z.ZodMiniType>(
  note: Note,
  schema: S,
): z.ZodMiniUnion<readonly [S, z.ZodMiniNull]> {
  return noted(note, z.union([schema, z.null()], says(note)));
}
