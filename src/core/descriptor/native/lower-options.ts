import { runOptions, type RunOption, type RunOptions } from '../../model/run-options.ts';
import { arrangeValues, readOption } from '../options/read-option.ts';
import type { ContainerInput } from './schema.ts';
import type { Findings } from './findings.ts';

const optionKeys: ReadonlySet<string> = new Set(runOptions.map(({ key }) => key));

/** The options that go to the engine as they are; undefined where there are none. */
export function lowerOptions(
  findings: Findings,
  name: string,
  input: ContainerInput,
): RunOptions | undefined {
  const keys = input as Readonly<Record<string, unknown>>;
  if (!Object.keys(keys).some((key) => optionKeys.has(key))) return undefined;
  const found = runOptions.flatMap((option): readonly (readonly [string, RunOptions[string]])[] => {
    const given = keys[option.key];
    if (given === undefined || given === false) return [];
    if (given === true) return [[option.flag, true]];
    const values = valuesOf(option, given).flatMap(([text, path]) => {
      const value = findings.take(readOption(option, text), ['containers', name, option.key, ...path]);
      return value === undefined ? [] : [value];
    });
    if (option.kind === 'value') return values.map((value) => [option.flag, value]);
    if (values.length === 0) return [];
    return [[option.flag, arrangeValues(option, values)]];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

type Value = readonly [text: string, path: readonly (string | number)[]];

function valuesOf({ map }: RunOption, given: unknown): readonly Value[] {
  if (Array.isArray(given)) return given.map((value, index) => [String(value), [index]]);
  if (map === true && typeof given === 'object' && given !== null)
    return Object.entries(given).map(([key, value]) => [`${key}=${String(value)}`, [key]]);
  return [[String(given), []]];
}

/** KEY=VALUE pairs of a network or volume as a record with sorted keys; undefined where there are none. */
export function recordOf(
  given: readonly (string | number)[] | Readonly<Record<string, string | number | boolean>> | undefined,
): Readonly<Record<string, string>> | undefined {
  if (given === undefined) return undefined;
  const entries = Array.isArray(given)
    ? (given as readonly (string | number)[]).map((entry): [string, string] => {
        const text = String(entry);
        const at = text.indexOf('=');
        return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
      })
    : Object.entries(given).map(([key, value]): [string, string] => [key, String(value)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
