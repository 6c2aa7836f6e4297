import type { Path } from '../document.ts';
import { resolvePath } from '../native/resolve-path.ts';
import { parseDotEnv } from '../text/dot-env.ts';
import { type Attribute, kept, near } from './attribute.ts';
import { tellNumberText } from './number-text.ts';
import type { ServiceReader } from './service-reader.ts';

/** Variables and labels, also from files. The table is read in order, so files come before what is laid over them. */
export const environmentAttributes: readonly Attribute[] = [
  kept(
    'env_file',
    'env_file',
    readEnvFiles,
    'read by the rules of .env; where those differ from the lines as they are, its variables become env',
  ),
  kept('environment', 'env', (service, value, path) => {
    for (const [key, text, at] of service.reader.pairs(value, path)) {
      if (text !== null) {
        service.put('env', key, text, at);
        if (!Array.isArray(value)) tellNumberText(service, text, at);
      } else if (Object.hasOwn(service.reader.context.environment, key)) service.put('env', key, null, at);
      else service.approximate(at, `${key} is left out: it has no value here`);
    }
  }),
  near('label_file', 'labels', 'its lines become labels', (service, value, path) => {
    for (const [given, at] of service.reader.texts(value, path)) {
      const variables = variablesOf(service, given, true);
      for (const [key, text] of Object.entries(variables ?? {})) service.put('labels', key, text, at);
      service.approximate(at, 'its lines become labels');
    }
  }),
];

function readEnvFiles(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  const items = Array.isArray(value) ? reader.list(value, path) : [[value, path] as const];
  const files = items.flatMap(([item, at]) => {
    if (typeof item === 'string') return [{ given: item, at, required: true, raw: false }];
    const fields = reader.fields(item, at, ['path', 'format', 'required']);
    const given = fields === undefined ? undefined : reader.text(fields['path'], [...at, 'path']);
    if (fields === undefined || given === undefined) return [];
    const required =
      fields['required'] === undefined || reader.toggle(fields['required'], [...at, 'required']) === true;
    return [{ given, at, required, raw: reader.oneOf(fields, 'format', at, ['raw']) === 'raw' }];
  });
  const read = files.map((file) => ({
    ...file,
    variables: file.raw ? undefined : variablesOf(service, file.given, file.required),
  }));
  // Order decides between files, so where one becomes variables, those after it have to as well.
  const first = read.findIndex(({ given, variables }) => variables !== undefined && !isPlain(service, given));
  for (const [index, { given, at, required, variables }] of read.entries()) {
    const absent = isAbsent(service, given);
    if (absent && !required) service.approximate(at, 'left out: the file does not exist');
    else if (first === -1 || index < first || variables === undefined) service.add('env_file', given, at);
    else {
      for (const [key, text] of Object.entries(variables)) service.put('env', key, text, at);
      service.approximate(
        at,
        'its variables are written out: quotes, comments or variables in it mean something to Compose only',
      );
    }
  }
}

function fileOf({ reader }: ServiceReader, given: string) {
  return reader.context.files.get(resolvePath(reader.context.directory, given));
}

function isAbsent(service: ServiceReader, given: string): boolean {
  const file = fileOf(service, given);
  return file === undefined || 'problem' in file;
}

/** Whether `docker run --env-file` would read the same: no quotes, variables, comments behind values, or spaces. */
function isPlain(service: ServiceReader, given: string): boolean {
  const file = fileOf(service, given);
  if (file === undefined || 'problem' in file) return true;
  const lines = new TextDecoder().decode(file.bytes).split('\n');
  return lines.every((line) =>
    /^(\s*(#.*)?|[A-Za-z_][A-Za-z0-9_]*=([^\s'"#$][^'"#$]*[^\s'"#$]|[^\s'"#$])?)\r?$/.test(line),
  );
}

/** The variables of a file; undefined, with the mistake noted, where it cannot be read and has to be. */
function variablesOf(
  service: ServiceReader,
  given: string,
  required: boolean,
): Readonly<Record<string, string>> | undefined {
  const file = fileOf(service, given);
  // The native reader tells of a file that is not there.
  if (file === undefined || 'problem' in file) return undefined;
  const parsed = parseDotEnv(given, new TextDecoder().decode(file.bytes), service.reader.context.environment);
  if (parsed.ok) return parsed.value;
  if (required) service.reader.failures.push(...parsed.failures);
  return undefined;
}
