import { load, YAMLException } from 'js-yaml';
import * as z from 'zod/mini';
import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { parseHostAddress } from '../../model/host-address.ts';
import type { InventoryHost } from '../../model/inventory.ts';

/** Words that `--host` gives a meaning of their own. */
const reservedHosts: readonly string[] = ['all', 'local'];

const name = z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/));
const label = z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/));

const inventory = z.strictObject({
  hosts: z.record(
    name,
    z.strictObject({
      address: z.optional(z.string()),
      labels: z.optional(z.record(label, z.union([z.string(), z.number(), z.boolean()]))),
      engine: z.optional(z.enum(['docker', 'podman'])),
    }),
  ),
});

/** A name that a host of the inventory may have. HOST_INVALID. */
export function checkHostName(text: string): Result<string> {
  if (name.safeParse(text).success && !reservedHosts.includes(text)) return ok(text);
  return err({
    code: 'HOST_INVALID',
    message: `a host of the inventory cannot be called ${quote(text)}`,
    next: `use letters, digits, ".", "-" and "_", and give the address behind it: gear host add web1 ${text}`,
    subject: text,
  });
}

/** Reads hosts.yaml: `hosts: {web1: {address: root@10.0.0.5, labels: {zone: a}, engine: podman}}`. HOSTS_INVALID. */
export function readInventory(text: string, source: string): Result<readonly InventoryHost[]> {
  let value: unknown;
  try {
    value = load(text) ?? { hosts: {} };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, column } = error.mark;
    return err(invalid(source, `is no YAML: ${error.reason}`, { line: line + 1, column: column + 1 }));
  }
  const parsed = inventory.safeParse(value);
  if (!parsed.success) {
    return err(...parsed.error.issues.map((issue) => invalid(source, says(issue))));
  }
  const results = Object.entries(parsed.data.hosts).map(([key, host]) => inventoryHost(key, host, source));
  const failures = results.flatMap((result) => (result.ok ? [] : result.failures));
  return failures.length > 0
    ? err(...failures)
    : ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

type Written = z.infer<typeof inventory>['hosts'][string];

function inventoryHost(key: string, written: Written, source: string): Result<InventoryHost> {
  if (reservedHosts.includes(key))
    return err(invalid(source, `has a host called ${key}, which --host reads as a word of its own`));
  const address = parseHostAddress(written.address ?? key);
  if (!address.ok) return err(...address.failures.map((failure) => ({ ...failure, place: { source } })));
  return ok({
    name: key,
    address: { ...address.value, label: key },
    labels: Object.fromEntries(
      Object.entries(written.labels ?? {}).map(([label, text]) => [label, String(text)]),
    ),
    ...(written.engine === undefined ? {} : { engine: written.engine }),
  });
}

/** zod's own words are left out of the bundle. */
function says(issue: z.core.$ZodIssue): string {
  const at = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${at} has ${issue.keys.map(quote).join(', ')}, which hosts do not have`;
  return issue.code === 'invalid_key' ? `${at} is no name of a host` : `${at} is not what it can be`;
}

function invalid(source: string, why: string, place: { line?: number; column?: number } = {}): Failure {
  return {
    code: 'HOSTS_INVALID',
    message: `${source}: ${why}`,
    next: 'write hosts: {web1: {address: root@10.0.0.5, labels: {zone: a}}}',
    place: { source, ...place },
  };
}
