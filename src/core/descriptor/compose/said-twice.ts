import { parseMemory } from '../amounts.ts';
import type { Fields } from '../foreign/foreign-reader.ts';
import type { ServiceReader } from './service-reader.ts';

const bytes = (text: string): number | undefined => {
  const parsed = parseMemory(text);
  return parsed.ok ? parsed.value : undefined;
};

/** Attributes that `deploy` has as well, and how their values are compared; Compose takes both where they mean the same. */
const pairs: readonly (readonly [
  attribute: string,
  deploy: readonly string[],
  read: (text: string) => number | undefined,
])[] = [
  ['mem_limit', ['resources', 'limits', 'memory'], bytes],
  ['mem_reservation', ['resources', 'reservations', 'memory'], bytes],
  ['cpus', ['resources', 'limits', 'cpus'], Number],
  ['pids_limit', ['resources', 'limits', 'pids'], Number],
  ['scale', ['replicas'], Number],
];

/** Notes what a service says in two places that do not agree, of which one would be dropped. */
export function noteContradictions({ reader, service }: ServiceReader): void {
  for (const [attribute, path, read] of pairs) {
    const own = scalar(service.fields[attribute]);
    const other = scalar(path.reduce(part, service.fields['deploy']));
    if (own === undefined || other === undefined || read(own) === read(other)) continue;
    reader.fail(
      service.origin(attribute),
      'VALUE_INVALID',
      `${attribute} is ${own}, and deploy.${path.join('.')} is ${other}`,
      'write one of them',
    );
  }
}

function part(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Fields)[key] : undefined;
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
