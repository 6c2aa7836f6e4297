import { bindSources, findAbsentBinds } from '../core/descriptor/checks/bind-sources.ts';
import { findElsewhere } from '../core/descriptor/checks/elsewhere.ts';
import { findDirectiveMistakes } from '../core/descriptor/checks/directives.ts';
import { findWithPlaces } from '../core/descriptor/checks/find-with-places.ts';
import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { Loss } from '../core/descriptor/foreign/loss.ts';
import { inTextOrder } from '../errors/text-order.ts';
import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { Host } from '../ports/host.ts';
import type { CheckReport } from '../report/values-of-plans.ts';
import type { FlowContext } from './context.ts';
import { lossesIn, tellLossesOf } from './tell-losses.ts';

/** What was read: apps that are right, those with mistakes as far as they could be read, and what is wrong with them. */
export interface CheckInput {
  readonly read: readonly ReadApp[];
  readonly flawed: readonly ReadApp[];
  readonly failures: readonly Failure[];
  /** What of files in other formats is only approximated. */
  readonly losses?: readonly Loss[];
  /** How many descriptors there were. */
  readonly count: number;
  /** Whether mistakes are the command's failure, rather than its value. */
  readonly fail: boolean;
}

/** Adds what can only be told on this machine, mounts of paths that are not there, and counts. */
export function check(
  { host, emit }: Pick<FlowContext, 'host' | 'emit'>,
  input: CheckInput,
): Promise<Result<CheckReport>> {
  return attempt(async () => {
    tellLossesOf({ emit }, input.losses);
    const all = [...input.read, ...input.flawed];
    const sources = bindSources(all);
    const present = await Promise.all(sources.map((source) => host.files.exists(source)));
    const absent = new Set(sources.filter((_, index) => present[index] === false));
    const containers = input.read.reduce((sum, { request }) => sum + request.containers.length, 0);
    const binds = await findWithPlaces(all, (apps) => findAbsentBinds(apps, absent));
    const newer = await findNewerDirectives(host, all);
    const strangers = all.length < input.count ? [] : await findStrangersTo(host, all, emit);
    const found = [...input.failures, ...strangers, ...newer, ...binds.map(({ failure }) => failure)];
    // A directive that no systemd has is told already.
    const once = new Map(found.map((failure) => [JSON.stringify(failure), failure])).values();
    const failures = [...once].toSorted(inTextOrder(found.map(({ place }) => place?.source)));
    if (input.fail && failures.length > 0) throw new FailureError(...failures);
    return { apps: input.count, containers, failures, ...lossesIn(input) };
  });
}

/** Relations to apps that are neither given nor here; where gear never ran, and for an app of another host, they are only told. Nothing where a descriptor could not be read: it may be the one. */
async function findStrangersTo(
  host: Host,
  all: readonly ReadApp[],
  emit: FlowContext['emit'],
): Promise<readonly Failure[]> {
  const manifest = await attempt(() => readCurrentManifest(host.files));
  const names = manifest.ok ? manifest.value?.instances.map(({ name }) => name) : undefined;
  const here = names === undefined ? null : new Set(names);
  const found = await findWithPlaces(all, (apps) => findElsewhere(apps, here).filter(({ isSure }) => isSure));
  for (const { name, isSure, failure } of findElsewhere(all, here))
    if (!isSure) emit({ type: 'notice', subject: name, message: `${failure.message}; ${failure.next}` });
  return found.map(({ failure }) => failure);
}

/** Directives that the systemd of this host does not know yet; none where there is no systemd to ask. */
async function findNewerDirectives(host: Host, read: readonly ReadApp[]): Promise<readonly Failure[]> {
  const given = read.filter(({ request }) =>
    request.containers.some(({ spec }) => spec.directives !== undefined),
  );
  if (given.length === 0) return [];
  const version = await attempt(async () => (await host.systemd()).version());
  if (!version.ok) return [];
  const found = await findWithPlaces(given, (apps) =>
    findDirectiveMistakes(apps, { systemdVersion: version.value }),
  );
  return found.map(({ failure }) => failure);
}
