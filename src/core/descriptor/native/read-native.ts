import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { AppRequest, VolumeRequest } from '../../model/app.ts';
import { checkName } from '../../model/names.ts';
import type { Document, Path } from '../document.ts';
import { nameFromPath } from './app-name.ts';
import { expandSuper } from './expand-super.ts';
import { Findings } from './findings.ts';
import { valueAt } from './issues.ts';
import { type Flaws, flawsOf } from './flaws.ts';
import { lowerContainer } from './lower-container.ts';
import { volumeName } from './lower-mounts.ts';
import { lowerHosts } from './lower-hosts.ts';
import { lowerNetworks } from './lower-networks.ts';
import { recordOf } from './lower-options.ts';
import { refuseOwnLabels } from './own-labels.ts';
import { parseShape } from './parse-shape.ts';
import type { AppInput } from './schema.ts';
import { instancesOf, type NativeContext, type Scope } from './scope.ts';

/** More copies than this are a slip of a finger. */
const mostCopies = 1000;

/** What of a descriptor with mistakes can still be judged. */
export interface Remainder {
  readonly request: AppRequest;
  readonly flaws: Flaws;
}

/** What was read: a request without failures, or all failures and what remains beside them, where anything does. */
export interface NativeReading {
  readonly request?: AppRequest;
  readonly failures: readonly Failure[];
  readonly remainder?: Remainder;
}

/** Reads a native descriptor, or tells everything that is wrong with it at once, each with its place. */
export function readNative(document: Document, context: NativeContext): Result<AppRequest> {
  const { request, failures } = readNativeInPart(document, context);
  return request === undefined ? err(...failures) : ok(request);
}

/** The same, with what remains beside the mistakes. The order of keys means nothing, so the result is sorted wherever the order of a map would show. */
export function readNativeInPart(document: Document, context: NativeContext): NativeReading {
  const findings = new Findings(document);
  const shape = parseShape(document, findings);
  if (shape === undefined) return { failures: findings.inOrder() };
  const { pruned } = shape;
  const input = expandSuper(shape.input);
  const app = appName(document, context, input, findings);
  const counts = countsOf(document, input, pruned, findings);
  const scope: Scope = {
    app,
    input,
    context,
    findings,
    counts,
    owners: ownersOf(app, counts),
    pruned,
  };
  const names = Object.keys(input.containers).toSorted();
  const containers = names.flatMap((name) => {
    const container = input.containers[name];
    return container === undefined ? [] : lowerContainer(scope, name, container);
  });
  if (names.length === 0 && findings.count === 0)
    findings.refuse(
      ['containers'],
      'VALUE_INVALID',
      'the app has no containers',
      'add one: containers: {web: {image: "nginx:1.27"}}',
      'key',
    );
  const used = new Set(containers.flatMap(({ spec }) => (spec.networks ?? []).map(({ name }) => name)));
  const networks = lowerNetworks(scope, used);
  const volumes = lowerVolumes(scope);
  const host = lowerHosts(scope);
  const request: AppRequest = {
    app: scope.app,
    source: document.source,
    ...(input.engine === undefined ? {} : { engine: input.engine }),
    ...(host === undefined ? {} : { host }),
    containers,
    networks,
    volumes,
  };
  if (findings.count === 0) return { request, failures: [] };
  const flaws = flawsOf(findings);
  return { failures: findings.inOrder(), ...(flaws === undefined ? {} : { remainder: { request, flaws } }) };
}

function appName(document: Document, context: NativeContext, { name }: AppInput, findings: Findings): string {
  const found = name === undefined ? nameFromPath(document.source, context.directory) : checkName(name);
  return findings.take(found, name === undefined ? [] : ['name']) ?? 'app';
}

/** The containers with their numbers of copies; names that cannot be, or collide, are noted. */
function countsOf(
  document: Document,
  { containers }: AppInput,
  pruned: readonly Path[],
  findings: Findings,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name, { count = 1 }] of Object.entries(containers)) {
    const copies = /^\d{1,4}$/.test(String(count)) ? Number(count) : 0;
    if (copies < 1 || copies > mostCopies)
      findings.refuse(
        ['containers', name, 'count'],
        'VALUE_INVALID',
        `${quote(String(count))} is not a number of copies`,
        `give 1 to ${mostCopies}; to have none, take the container away`,
      );
    counts.set(name, copies < 1 || copies > mostCopies ? 1 : copies);
  }
  for (const [first, name, key] of pruned)
    if (first === 'containers' && key === undefined && name !== undefined) counts.set(String(name), 1);
  // zod passes over `__proto__`, which is an ordinary name for YAML and no name for us.
  const given = valueAt(document.value, ['containers']);
  for (const name of typeof given === 'object' && given !== null && !Array.isArray(given)
    ? Object.keys(given)
    : [])
    findings.take(checkName(name), ['containers', name], 'key');
  for (const [name, count] of counts) noteCopyNames(name, count, counts, findings);
  return counts;
}

function ownersOf(app: string, counts: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const name of counts.keys())
    for (const instance of instancesOf({ app, counts }, name)) owners.set(instance, name);
  return owners;
}

/** `web` with copies has instances that a container called `web-1` would have as well. */
function noteCopyNames(
  name: string,
  count: number,
  counts: ReadonlyMap<string, number>,
  findings: Findings,
): void {
  if (count < 2) return;
  for (let copy = 1; copy <= count; copy++) {
    const taken = `${name}-${copy}`;
    if (counts.has(taken))
      findings.refuse(
        ['containers', taken],
        'NAME_INVALID',
        `${quote(taken)} is also the name of copy ${copy} of ${quote(name)}`,
        'give the container another name',
        'key',
      );
  }
}

/** The declared volumes, sorted by the engine's names. */
function lowerVolumes(scope: Scope): readonly VolumeRequest[] {
  const { findings } = scope;
  return Object.entries(scope.input.volumes ?? {})
    .map(([key, given]): VolumeRequest => {
      const name = volumeName(scope, key);
      if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/.test(name))
        findings.refuse(
          ['volumes', key],
          'VALUE_INVALID',
          `${quote(name)} cannot be the name of a volume`,
          'use letters, digits, "_", "." and "-", at least two',
          'key',
        );
      const options = recordOf(given?.options);
      const labels = recordOf(given?.labels);
      refuseOwnLabels(scope, ['volumes', key], labels);
      return {
        name,
        ...(given?.external === true ? { external: true } : {}),
        ...(given?.driver === undefined ? {} : { driver: given.driver }),
        ...(options === undefined ? {} : { options }),
        ...(labels === undefined ? {} : { labels }),
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
