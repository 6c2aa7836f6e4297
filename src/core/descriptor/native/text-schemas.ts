import * as z from 'zod/mini';
import { either, list, map, text, words } from './expect.ts';

const item = (what: string, example: string) => text({ what, example });

type TextList = z.ZodMiniArray<z.ZodMiniUnion<readonly [z.ZodMiniString, z.ZodMiniNumber]>>;

/** A command line: words, or a line that is split into them. */
export function commandLine(
  summary: string,
  example: string,
): z.ZodMiniUnion<readonly [z.ZodMiniString, TextList]> {
  const note = { what: 'a list of words or a line', example, summary };
  return either(note, [words(note), list(note, item('a word', 'sleep'))]);
}

/** One text, or several. */
export function oneOrMore(
  what: string,
  one: string,
  summary: string,
): z.ZodMiniUnion<readonly [z.ZodMiniString, TextList]> {
  const note = { what: `${what} or a list of them`, example: one, summary };
  return either(note, [words(note), list({ ...note, example: `[${one}]` }, item(what, one))]);
}

/** KEY: VALUE pairs, or a list of KEY=VALUE. */
export function pairs(
  example: string,
  summary: string,
): z.ZodMiniUnion<
  readonly [
    z.ZodMiniRecord<
      z.ZodMiniString,
      z.ZodMiniUnion<readonly [z.ZodMiniString, z.ZodMiniNumber, z.ZodMiniBoolean]>
    >,
    TextList,
  ]
> {
  const note = { what: 'a map, or a list of KEY=VALUE', example, summary };
  const value = either({ what: 'a text or a number', example: 'value' }, [
    z.string(),
    z.number(),
    z.boolean(),
  ]);
  return either(note, [map(note, value), list(note, item('KEY=VALUE', 'team=shop'))]);
}
