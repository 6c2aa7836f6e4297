import { err } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { Document, Path } from '../document.ts';
import { plainName } from '../foreign/container-name.ts';
import { foreignApp, type ForeignReading } from '../foreign/foreign-app.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { type Dialect, ForeignReader } from '../foreign/foreign-reader.ts';
import { parseSchedule } from '../schedule.ts';
import { claimFields, type Cluster, readConfigMap, readSecret } from './cluster.ts';
import { readFields } from './field.ts';
import { notRendered, templateMark } from './helm-template.ts';
import { kinds } from './kinds.ts';
import type { KubeContainer, Pod } from './kube-container.ts';
import { type KubeObject, readObjects } from './objects.ts';
import { setDeadline } from './pod-fields.ts';
import { claimVolume, readVolumes } from './pod-volumes.ts';
import { readPod } from './read-pod.ts';
import { addNames, readService } from './services.ts';
import { readWorkload, type Workload, workloadFields } from './workload-fields.ts';

/** More copies of a pod with several containers than this are a slip of a finger. */
const mostPods = 100;

/** Reads manifests of Kubernetes into the native form: all documents of all files are one app, called `name`. */
export function readKubernetes(
  documents: readonly Document[],
  name: string,
  context: ForeignContext,
): ForeignReading {
  const values = documents.map(({ value }) => value);
  const reader = new ForeignReader(documentOf(documents), context, dialectOf(values));
  const template = templateMark(values);
  if (template !== undefined)
    return err(notRendered(quote(template.text), reader.placeOf(template.path, 'value')));
  const objects = readObjects(reader, values);
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const cluster: Cluster = {
    configMaps: new Map(ofKind('ConfigMap').map((object) => [object.name, readConfigMap(reader, object)])),
    secrets: new Map(ofKind('Secret').map((object) => [object.name, readSecret(reader, object)])),
    services: ofKind('Service'),
    volumes: new Map(),
  };
  for (const object of ofKind('PersistentVolumeClaim')) {
    claimVolume(reader, cluster, object.name, object.path);
    readFields({ reader }, object.fields, object.path, claimFields);
  }
  const pods = objects.flatMap((object) =>
    object.kind === 'Pod' || Object.hasOwn(workloadFields, object.kind)
      ? podsOf(reader, cluster, object)
      : [],
  );
  const containers = pods.flatMap(({ containers: each }) => each);
  const holders = pods.flatMap(({ containers: [holder] }) => (holder === undefined ? [] : [holder]));
  for (const service of cluster.services) readService(reader, service, holders);
  tellOthers(reader, objects);
  noteRepeatedNames(reader, containers);
  return foreignApp(reader, {
    name: plainName(name) || 'app',
    containers: Object.fromEntries(containers.map(({ container, native }) => [container, native])),
    ...(cluster.volumes.size === 0 ? {} : { volumes: Object.fromEntries(cluster.volumes) }),
  });
}

/** The pods of an object: one for all copies where they do not differ, else one for each. */
function podsOf(
  reader: ForeignReader,
  cluster: Cluster,
  object: KubeObject,
): readonly { readonly containers: readonly KubeContainer[] }[] {
  const workload = readWorkload(reader, object);
  const { template, suspended } = workload;
  if (template === undefined) {
    reader.fail(
      [...object.path, 'spec'],
      'VALUE_INVALID',
      `${object.kind} ${quote(object.name)} has no template`,
      'add spec.template',
      'key',
    );
    return [];
  }
  const copies = Math.min(mostPods, Math.trunc(workload.copies));
  if (copies < 1 || suspended) {
    reader.tell(object.path, 'approximated', 'left out: no copy of it is to run');
    return [];
  }
  const before = reader.losses.length;
  const single = countOf(template.spec['containers']) + sidecarsOf(template.spec['initContainers']) === 1;
  if (copies === 1 || (single && workload.claims.length === 0))
    return [podOf(reader, cluster, object, workload, { copies })];
  const first = podOf(reader, cluster, object, workload, { copies: 1, ordinal: 0 });
  const told = reader.losses.length;
  const others = Array.from({ length: copies - 1 }, (_, index) =>
    podOf(reader, cluster, object, workload, { copies: 1, ordinal: index + 1 }),
  );
  // What is lost is told for one copy.
  reader.losses.length = Math.max(told, before);
  return [first, ...others];
}

function podOf(
  reader: ForeignReader,
  cluster: Cluster,
  object: KubeObject,
  workload: Workload,
  { copies, ordinal }: { readonly copies: number; readonly ordinal?: number },
): { readonly containers: readonly KubeContainer[] } {
  const template = workload.template ?? { spec: {}, path: object.path, labels: {}, annotations: {} };
  const name = ordinal === undefined ? object.name : `${object.name}-${String(ordinal)}`;
  const mounts = mountCounts(template.spec);
  const { labels, annotations } = template;
  const facts = { name, namespace: object.namespace, labels, annotations };
  const volumes = new Map(
    readVolumes({ reader, cluster, facts, mounts }, template.spec['volumes'], [...template.path, 'volumes']),
  );
  for (const claim of workload.claims)
    volumes.set(
      claim.name,
      claimVolume(reader, cluster, `${claim.name}-${object.name}-${String(ordinal ?? 0)}`, claim.path),
    );
  const pod: Pod = {
    ...facts,
    ...{ spec: template.spec, path: template.path, volumes, copies, job: workload.job },
  };
  const containers = readPod(reader, cluster, pod);
  const [holder] = containers;
  for (const container of containers.filter(({ native }) => native['job'] === undefined)) {
    if (copies > 1) container.set('count', copies, object.path);
    if (workload.schedule !== undefined)
      container.set('schedule', timesOf(workload.schedule.text, workload.timeZone), workload.schedule.path);
    else if (workload.job) container.set('job', true, object.path);
    if (workload.deadline !== undefined && container.native['systemd'] === undefined)
      setDeadline(container, workload.deadline.seconds, workload.deadline.path);
  }
  if (holder !== undefined && object.kind === 'StatefulSet') {
    const own = `${object.name}-${String(ordinal ?? 0)}`;
    if (copies === 1)
      addNames(
        holder,
        [own, ...(workload.service === undefined ? [] : [`${own}.${workload.service}`])],
        object.path,
      );
  }
  return { containers };
}

function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function sidecarsOf(value: unknown): number {
  return Array.isArray(value)
    ? value.filter((each) => (each as Record<string, unknown> | null)?.['restartPolicy'] === 'Always').length
    : 0;
}

function mountCounts(spec: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of ['containers', 'initContainers'])
    for (const container of Array.isArray(spec[key]) ? (spec[key] as unknown[]) : []) {
      const mounts = (container as Record<string, unknown> | null)?.['volumeMounts'];
      for (const mount of Array.isArray(mounts) ? (mounts as unknown[]) : []) {
        const name = (mount as Record<string, unknown> | null)?.['name'];
        if (typeof name === 'string') counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  return counts;
}

/** What of a cluster says nothing here, or cannot be had. */
function tellOthers(reader: ForeignReader, objects: readonly KubeObject[]): void {
  for (const { kind, path } of objects) {
    const known = kinds.find(({ name }) => name === kind);
    if (known === undefined || known.verdict === 'kept') continue;
    const [why = '', next] = known.note.split(': ');
    if (known.verdict === 'refused') reader.tell(path, 'refused', why, next);
    else reader.tell(path, 'approximated', known.note);
  }
}

function noteRepeatedNames(reader: ForeignReader, containers: readonly KubeContainer[]): void {
  const taken = new Set<string>();
  for (const { container, path } of containers) {
    if (taken.has(container))
      reader.fail(
        path,
        'NAME_INVALID',
        `two containers would be called ${quote(container)}`,
        'give one of the objects another name',
        'key',
      );
    taken.add(container);
  }
}

function dialectOf(values: readonly unknown[]): Dialect {
  return {
    name: 'Kubernetes',
    secret: ['env', 'data', 'stringData'],
    keyText: ([index, ...rest]) => {
      const value = values[Number(index)] as
        { kind?: unknown; metadata?: { name?: unknown } | null } | null | undefined;
      const named = [value?.kind, value?.metadata?.name].filter((part) => typeof part === 'string').join('/');
      return [named === '' ? `document ${String(Number(index) + 1)}` : named, ...rest].join(
        rest.length === 0 ? '' : '.',
      );
    },
  };
}

/** A document whose paths begin with the number of one of the documents. */
function documentOf(documents: readonly Document[]): Document {
  return {
    value: null,
    source: documents[0]?.source ?? '',
    locate: () => Promise.resolve(),
    place: ([index, ...rest]: Path, part) =>
      documents[Number(index ?? 0)]?.place(rest, part) ?? { source: documents[0]?.source ?? '' },
  };
}

/** The times of a CronJob; in a time zone, as OnCalendar= has them. What is no time is told as it was written. */
function timesOf(schedule: string, zone: string | undefined): string {
  if (zone === undefined) return schedule;
  const calendar = parseSchedule(schedule);
  return calendar.ok ? `${calendar.value} ${zone}` : schedule;
}
