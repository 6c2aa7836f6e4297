import { nearest } from '../core/model/nearest.ts';
import type { HostRecord } from '../core/model/host-record.ts';
import { attempt, FailureError } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { createContextOn, hostRecords } from './context.ts';
import { oneChosen } from './one-chosen.ts';

/** With these, nothing on the way to a host says that it lives. */
const silences: ReadonlySet<string> = new Set([
  'HOST_UNRESOLVED',
  'HOST_REFUSED',
  'HOST_TIMEOUT',
  'HOST_LOST',
]);

/** What is kept of a host. FailureError NOTHING_KEPT, MANIFEST_…. */
export async function keptOf(host: string): Promise<HostRecord> {
  const records = await hostRecords();
  const record = await records.read(host);
  if (record !== null) return record;
  const hosts = await records.hosts();
  const near = nearest(host, hosts);
  throw new FailureError({
    code: 'NOTHING_KEPT',
    message: `nothing is kept here of a host ${quote(host)}`,
    next:
      near !== undefined
        ? `did you mean ${near}?`
        : hosts.length === 0
          ? 'gear keeps what it changes on other hosts, on the machine where it is typed: try there'
          : `name it as it was named when it was changed: ${hosts.join(', ')}`,
    subject: host,
  });
}

/** The apps that are meant of those that a host had; all where none is named. FailureError NAME_UNKNOWN. */
export function keptApps(
  { manifest }: HostRecord,
  host: string,
  named: readonly string[],
): readonly string[] {
  const apps = [...new Set(manifest.instances.map(({ app }) => app))].toSorted();
  const unknown = named.filter((name) => !apps.includes(name));
  if (unknown.length > 0 || apps.length === 0)
    throw new FailureError(
      ...(unknown.length > 0 ? unknown : ['']).map((name) => ({
        code: 'NAME_UNKNOWN' as const,
        message:
          name === '' ? `${host} had no app when it was changed last` : `${host} had no app ${quote(name)}`,
        next: apps.length === 0 ? 'there is nothing to recover' : `it had ${apps.join(', ')}`,
        subject: name === '' ? host : name,
      })),
    );
  return named.length > 0 ? [...new Set(named)] : apps;
}

/** FailureError HOST_ALIVE where a host answers: what is recovered elsewhere would run twice. */
export async function refuseAlive(host: string, version: string): Promise<void> {
  const chosen = await oneChosen(host);
  const { signal } = new AbortController();
  const asked = await attempt(async () => {
    const context = await createContextOn(chosen, {
      command: 'recover',
      version,
      emit: () => undefined,
      signal,
    });
    try {
      await context.host.facts();
    } finally {
      await context.host.close();
    }
  });
  if (!asked.ok && asked.failures.every(({ code }) => silences.has(code))) return;
  throw new FailureError({
    code: 'HOST_ALIVE',
    message: `${chosen.label} answers, so its containers may run; here and there, they would run twice`,
    next: `move them while it lives: gear move ${chosen.label}/APP HOST; or, where they surely do not run: --force`,
    subject: chosen.label,
  });
}
