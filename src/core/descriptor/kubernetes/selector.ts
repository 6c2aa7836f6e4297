import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { textsOf } from './objects.ts';

type Labels = Readonly<Record<string, string>>;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/**
 * Reads the selector of a workload and notes where it does not choose the pods of its own template, which a cluster
 * refuses. One that is missing or empty is refused there too, and does no harm here.
 */
export function readSelector(reader: ForeignReader, value: unknown, path: Path, labels: Labels): void {
  const missing = value === undefined || value === null;
  const fields = missing ? {} : reader.fields(value, path, ['matchLabels', 'matchExpressions']);
  if (fields === undefined) return;
  const matchLabels = Object.entries(textsOf(reader, fields['matchLabels'], [...path, 'matchLabels']));
  for (const [key, text] of matchLabels)
    if (labels[key] !== text) failLabel(reader, [...path, 'matchLabels', key], { key, text }, labels);
  const expressions = fields['matchExpressions'] ?? [];
  const listed = reader.list(expressions, [...path, 'matchExpressions']);
  for (const [item, at] of listed) readExpression(reader, item, at, labels);
  if (matchLabels.length + listed.length > 0) return;
  const told = `a cluster refuses it without a selector: ${adviceOf(labels)}`;
  reader.tellInstead(missing ? path.slice(0, -1) : path, 'approximated', told);
}

function failLabel(
  reader: ForeignReader,
  path: Path,
  { key, text }: { readonly key: string; readonly text: string },
  labels: Labels,
): void {
  const given = labels[key];
  reader.fail(
    path,
    'VALUE_INVALID',
    given === undefined
      ? `the selector asks for the label ${quote(`${key}: ${text}`)}, which its template does not have`
      : `the selector asks for ${quote(`${key}: ${text}`)}, and its template has ${quote(`${key}: ${given}`)}`,
    given === undefined ? `add ${key}: ${text} under template.metadata.labels` : `write ${key}: ${given}`,
    'key',
  );
}

function readExpression(reader: ForeignReader, item: unknown, at: Path, labels: Labels): void {
  const fields = reader.fields(item, at, ['key', 'operator', 'values']);
  if (fields === undefined) return;
  const key = reader.textOf(fields, 'key', at);
  const operator = reader.oneOf(fields, 'operator', at, operators);
  const values = valuesOf(reader, fields, at);
  if (key === undefined || operator === undefined || chooses(operator, values, labels[key])) return;
  const given = labels[key];
  reader.fail(
    at,
    'VALUE_INVALID',
    `the selector does not choose its own template, which has ${given === undefined ? `no label ${quote(key)}` : quote(`${key}: ${given}`)}`,
    adviceOf(labels),
  );
}

function valuesOf(reader: ForeignReader, fields: Fields, at: Path): readonly string[] {
  if (fields['values'] === undefined || fields['values'] === null) return [];
  return reader
    .list(fields['values'], [...at, 'values'])
    .flatMap(([value, place]) => reader.text(value, place) ?? []);
}

function chooses(operator: string, values: readonly string[], label: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    default:
      return label === undefined;
  }
}

/** What to write, by the first label of the template. */
function adviceOf(labels: Labels): string {
  const [[key, text] = ['app', 'NAME']] = Object.entries(labels);
  const written = `selector: {matchLabels: {${key}: ${text}}}`;
  return Object.keys(labels).length > 0
    ? `write ${written}`
    : `write ${written}, and the same label under template.metadata.labels`;
}
