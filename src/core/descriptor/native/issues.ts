import type * as z from 'zod/mini';
import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import { nearest } from '../../model/nearest.ts';
import type { Wording } from './expect.ts';
import { foreignKey } from './foreign-keys.ts';
import type { Findings } from './findings.ts';

type Issue = z.core.$ZodIssue;

/** So many keys are listed where none is near; the rest is in the documents. */
const mostListed = 12;

/** Notes each issue in plain words. Returns the paths of the values that cannot be used. */
export function noteIssues(issues: readonly Issue[], value: unknown, findings: Findings): readonly Path[] {
  const meant = new Set(issues.flatMap(misspelt));
  return issues.flatMap((issue) =>
    // A missing key is not missed where another is told to be that one, misspelt.
    meant.has(JSON.stringify(issue.path)) && valueAt(value, issue.path as Path) === undefined
      ? [issue.path as Path]
      : noteIssue(issue, [], value, findings),
  );
}

/** The paths of the keys that unknown ones stand for. */
function misspelt(issue: Issue): readonly string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = (JSON.parse(issue.message) as Wording).keys ?? [];
  return issue.keys.map((key) => JSON.stringify([...issue.path, nearest(key, known)]));
}

function noteIssue(issue: Issue, above: Path, value: unknown, findings: Findings): readonly Path[] {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code === 'invalid_union') {
    const form = meantForm(issue.errors);
    if (form !== undefined) return form.flatMap((inner) => noteIssue(inner, path, value, findings));
  }
  const wording = JSON.parse(issue.message) as Wording;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) noteUnknownKey(key, path, wording.keys ?? [], findings);
    return issue.keys.map((key) => [...path, key]);
  }
  noteWrongType(path, value, wording, findings);
  return [path];
}

/** Of the forms that a value may take, the one that it has: it fails further inside, not as a whole. */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return forms.find((issues) =>
    issues.every(
      (issue) =>
        issue.path.length > 0 ||
        issue.code === 'unrecognized_keys' ||
        (issue.code === 'invalid_union' && meantForm(issue.errors) !== undefined),
    ),
  );
}

function noteUnknownKey(key: string, parent: Path, known: readonly string[], findings: Findings): void {
  const near = nearest(key, known);
  const all =
    known.length <= mostListed
      ? `the keys here are ${known.join(', ')}`
      : 'docs/descriptor.md lists the keys';
  const next = near === undefined ? (foreignKey(key) ?? all) : `did you mean ${quote(near)}?`;
  findings.refuse([...parent, key], 'DESCRIPTOR_KEY', `there is no key ${quote(key)} here`, next, 'key');
}

function noteWrongType(path: Path, root: unknown, { what, example }: Wording, findings: Findings): void {
  const key = path.findLast((part) => typeof part === 'string');
  const last = path.at(-1);
  const name = last === undefined ? 'the descriptor' : quote(String(key));
  const shown = typeof last === 'number' ? `item ${last + 1} of ${name}` : name;
  const value = valueAt(root, path);
  const written = typeof last === 'string' && !isInMap(path) ? `${last}: ${example}` : example;
  if (value === undefined) {
    findings.refuse(path.slice(0, -1), 'VALUE_INVALID', `${shown} is missing`, `add ${written}`, 'key');
    return;
  }
  findings.refuse(
    path,
    'VALUE_INVALID',
    `${shown} is ${typeName(value)}, and has to be ${what}`,
    `write it as ${written}`,
  );
}

/** Whether the last key is a name that the user chose, which would stand oddly before an example. */
function isInMap(path: Path): boolean {
  return path.length >= 2 && ['env', 'labels', 'options', 'annotations'].includes(String(path.at(-2)));
}

function typeName(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  if (typeof value === 'boolean') return String(value);
  return 'a number';
}

/** What is at the path; undefined where nothing is. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}
