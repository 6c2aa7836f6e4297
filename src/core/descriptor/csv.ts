import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { nearest } from '../model/nearest.ts';
import { refuse } from './refuse.ts';

/** The fields of a value that both engines read as one line of CSV: name and text, in order; a bare name has ''. */
type Fields = readonly (readonly [name: string, value: string])[];

const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/** Reads a line of CSV (RFC 4180) whose fields are NAME=VALUE or NAME. VALUE_INVALID otherwise. */
export function parseFields(text: string, example: string): Result<Fields> {
  const fields: [string, string][] = [];
  field.lastIndex = 0;
  for (let open = true; open;) {
    const match = field.exec(text);
    if (match === null)
      return refuse('VALUE_INVALID', `${quote(text)} is no line of CSV`, `write it as ${example}`);
    const part = match[1]?.replaceAll('""', '"') ?? match[2] ?? '';
    const [, name = '', value = ''] = /^([^=]*)(?:=(.*))?$/s.exec(part) ?? [];
    if (name.trim() === '')
      return refuse('VALUE_INVALID', `${quote(text)} has an empty field`, `write it as ${example}`);
    fields.push([name.trim().toLowerCase(), value]);
    open = match[3] === ',';
  }
  return ok(fields);
}

/** VALUE_INVALID for a field that nobody knows, with the one that was likely meant. */
export function unknownField(name: string, known: readonly string[]): Result<never> {
  const near = nearest(name, known);
  return refuse(
    'VALUE_INVALID',
    `there is no field ${quote(name)}`,
    near === undefined ? `use ${known.join(', ')}` : `did you mean ${near}?`,
  );
}

/** Whether a switch of such a line is on: bare, or with a word that Go takes for true; undefined when it is neither. */
export function isOn(value: string): boolean | undefined {
  if (/^(|1|t|true)$/i.test(value)) return true;
  return /^(0|f|false)$/i.test(value) ? false : undefined;
}
