import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import { extendedKey } from './asks-for-files.ts';
import type { ForeignReader } from '../foreign/foreign-reader.ts';
import { type Fields, isMap } from './fields.ts';

/** Attributes that a service adds to instead of replacing what it extends (compose-spec, 13-merge). */
const sequences: readonly string[] = [
  ...[
    'cap_add',
    'cap_drop',
    'configs',
    'device_cgroup_rules',
    'devices',
    'dns',
    'dns_opt',
    'dns_search',
    'env_file',
  ],
  ...[
    'expose',
    'external_links',
    'group_add',
    'label_file',
    'links',
    'ports',
    'secrets',
    'security_opt',
    'tmpfs',
  ],
  ...['volumes', 'volumes_from'],
];
/** KEY=VALUE in either form. */
const mappings: readonly string[] = [
  'annotations',
  'environment',
  'labels',
  'storage_opt',
  'sysctls',
  'extra_hosts',
];

/** A service as it is after `extends`, and where each of its attributes stands. */
export interface Extended {
  readonly fields: Fields;
  readonly origin: (attribute: string) => Path;
}

/** Longer chains are made by nobody, and each of them would be merged again and again. */
const longest = 100;

/** Resolves `extends`: services by name, each with what it takes over. `others` are services of other files. */
export function extendServices(
  reader: ForeignReader,
  services: Fields,
  others: Fields = {},
): ReadonlyMap<string, Extended> {
  const done = new Map<string, Extended>();
  const all = { ...others, ...services };
  const resolve = (name: string, line: readonly string[]): Extended | undefined => {
    const before = done.get(name);
    if (before !== undefined) return before;
    const known = Object.hasOwn(services, name);
    const path = [known ? 'services' : extendedKey, name];
    const own = reader.fields(known ? services[name] : others[name], path);
    if (own === undefined) return undefined;
    const plain: Extended = { fields: own, origin: (attribute) => [...path, attribute] };
    const base = baseOf(reader, own, [...path, 'extends'], all);
    if (base !== undefined && line.includes(base)) {
      reader.fail(
        [...path, 'extends'],
        'VALUE_INVALID',
        `${quote(name)} extends itself, by way of ${quote(base)}`,
        'take one extends away',
      );
      return plain;
    }
    if (base !== undefined && line.length > longest) {
      reader.fail(
        [...path, 'extends'],
        'VALUE_INVALID',
        `${quote(line[0] ?? name)} extends more than ${String(longest)} services, one after another`,
        'let it extend the last one itself',
      );
      return plain;
    }
    const below = base === undefined ? undefined : resolve(base, [...line, base]);
    const extended = below === undefined ? plain : merged(below, plain);
    done.set(name, extended);
    return extended;
  };
  for (const name of Object.keys(services)) resolve(name, [name]);
  return new Map([...done].filter(([name]) => Object.hasOwn(services, name)));
}

function baseOf(reader: ForeignReader, own: Fields, path: Path, services: Fields): string | undefined {
  const given = own['extends'];
  if (given === undefined) return undefined;
  const fields =
    typeof given === 'string' ? { service: given } : (reader.fields(given, path, ['service', 'file']) ?? {});
  const base = reader.text(fields['service'], [...path, 'service']);
  if (base === undefined || Object.hasOwn(services, base)) return base;
  reader.failMissing(
    path,
    'VALUE_INVALID',
    `there is no service ${quote(base)} in this file`,
    'name one of its services',
  );
  return undefined;
}

/** What the later one says is laid over; what relates to other services is not taken over, as in Compose. */
function merged(below: Extended, above: Extended): Extended {
  const fields: Record<string, unknown> = { ...below.fields };
  delete fields['depends_on'];
  for (const [key, value] of Object.entries(above.fields)) fields[key] = mergedValue(key, fields[key], value);
  delete fields['extends'];
  return {
    fields,
    origin: (attribute) => (attribute in above.fields ? above : below).origin(attribute),
  };
}

function mergedValue(key: string, below: unknown, above: unknown): unknown {
  if (below === undefined || below === null || above === null) return above;
  if (sequences.includes(key)) return [...listed(below), ...listed(above)];
  if (mappings.includes(key)) return { ...paired(below), ...paired(above) };
  if (isMap(below) && isMap(above)) {
    const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
    return Object.fromEntries(
      [...keys].map((name) => [
        name,
        name in above && name in below
          ? mergedValue('', below[name], above[name])
          : (above[name] ?? below[name]),
      ]),
    );
  }
  return above;
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function paired(value: unknown): Fields {
  if (isMap(value)) return value;
  return Object.fromEntries(
    listed(value).map((item) => {
      const text = String(item);
      const mark = text.indexOf('=');
      return mark === -1 ? [text, null] : [text.slice(0, mark), text.slice(mark + 1)];
    }),
  );
}
