import { quote } from '../../../errors/quote.ts';
import { isTimeZone } from '../calendar.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import { type Field, kept, leftOut, noted, readFields } from './field.ts';
import { claimFields } from './cluster.ts';
import { readMetadata } from './metadata.ts';
import { type KubeObject, textsOf } from './objects.ts';
import { readSelector } from './selector.ts';

/** What a workload says of its pods. */
export interface Workload {
  readonly reader: ForeignReader;
  copies: number;
  template?: Template;
  /** Volumes that each copy has of its own. */
  readonly claims: { readonly name: string; readonly path: Path }[];
  /** The Service that gives the copies of a StatefulSet their names. */
  service?: string;
  job: boolean;
  timeZone?: string | undefined;
  schedule?: { readonly text: string; readonly path: Path };
  suspended: boolean;
  /** How long a job may run, where its pods do not say it. */
  deadline?: { readonly seconds: number; readonly path: Path };
}

/** A pod as a workload describes it. */
export interface Template {
  readonly spec: Fields;
  readonly path: Path;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const rolling = 'left out: gear replaces copies as apply says';
const history = 'left out: gear keeps ten generations';
const cluster = 'left out: it belongs to a cluster';

const replicas: Field<Workload> = kept('replicas', 'count', (workload, value, path) => {
  workload.copies = workload.reader.number(value, path) ?? 1;
});

const template: Field<Workload> = noted('template', 'containers');
/** Read once the template is known, whose labels it has to choose. */
const selector: Field<Workload> = noted('selector', '', 'has to choose the labels of the template');
/** A job has one of its own. */
const selectorOfJob: Field<Workload> = leftOut('selector', cluster);

const podTemplate: Field<Workload> = {
  ...template,
  read: (workload, value, path) => {
    const { reader } = workload;
    const fields = reader.fields(value, path, ['metadata', 'spec']) ?? {};
    const metadata = readMetadata(reader, fields['metadata'], [...path, 'metadata'], 'all');
    workload.template = {
      spec: reader.fields(fields['spec'], [...path, 'spec']) ?? {},
      path: [...path, 'spec'],
      labels: textsOf(reader, metadata['labels'], [...path, 'metadata', 'labels']),
      annotations: textsOf(reader, metadata['annotations'], [...path, 'metadata', 'annotations']),
    };
  },
};

const deployment: readonly Field<Workload>[] = [
  replicas,
  selector,
  podTemplate,
  leftOut('strategy', rolling),
  leftOut('minReadySeconds', rolling, 0),
  leftOut('progressDeadlineSeconds', 'left out: gear apply --timeout says how long it waits'),
  leftOut('revisionHistoryLimit', history),
  leftOut('paused', rolling, false),
];

const replicaSet: readonly Field<Workload>[] = [
  replicas,
  selector,
  podTemplate,
  leftOut('minReadySeconds', rolling, 0),
];

const statefulSet: readonly Field<Workload>[] = [
  replicas,
  selector,
  podTemplate,
  kept(
    'serviceName',
    'networks',
    (workload, value, path) => {
      const text = workload.reader.text(value, path);
      if (text !== undefined) workload.service = text;
    },
    'a copy is known as NAME-0.SERVICE',
  ),
  kept(
    'volumeClaimTemplates',
    'volumes',
    (workload, value, path) => {
      const { reader } = workload;
      for (const [item, at] of reader.list(value, path)) {
        const fields = readFields(workload, item, at, claimFields);
        const metadata = readMetadata(reader, fields['metadata'], [...at, 'metadata']);
        textsOf(reader, metadata['labels'], [...at, 'metadata', 'labels']);
        const name = reader.text(metadata['name'], [...at, 'metadata', 'name']);
        if (name !== undefined) workload.claims.push({ name, path: at });
      }
    },
    'named CLAIM-NAME-0, CLAIM-NAME-1 …; sizes and classes are left out',
  ),
  leftOut('podManagementPolicy', 'left out: copies start side by side', 'Parallel'),
  leftOut('updateStrategy', rolling),
  leftOut('minReadySeconds', rolling, 0),
  leftOut('revisionHistoryLimit', history),
  leftOut('ordinals', 'left out: copies count from 0'),
  leftOut('persistentVolumeClaimRetentionPolicy', 'left out: volumes stay until gear rm --volumes'),
];

const daemonSet: readonly Field<Workload>[] = [
  selector,
  podTemplate,
  leftOut('updateStrategy', rolling),
  leftOut('minReadySeconds', rolling, 0),
  leftOut('revisionHistoryLimit', history),
];

const job: readonly Field<Workload>[] = [
  podTemplate,
  kept('completions', 'count', (workload, value, path) => {
    workload.copies = workload.reader.number(value, path) ?? 1;
  }),
  leftOut('parallelism', 'left out: all copies run side by side', 1),
  leftOut('completionMode', 'left out: copies have no index', 'NonIndexed'),
  leftOut('backoffLimit', 'left out: gear does not give up, it waits longer before each'),
  ...[
    'backoffLimitPerIndex',
    'maxFailedIndexes',
    'podFailurePolicy',
    'podReplacementPolicy',
    'successPolicy',
    'managedBy',
    'manualSelector',
    'scheduling',
  ].map((name) => leftOut<Workload>(name, cluster)),
  selectorOfJob,
  kept(
    'activeDeadlineSeconds',
    'systemd',
    (workload, value, path) => {
      const seconds = workload.reader.number(value, path);
      if (seconds !== undefined) workload.deadline = { seconds, path };
    },
    'how long each try may take',
  ),
  leftOut('ttlSecondsAfterFinished', 'left out: what has ended is kept until its next form'),
  kept(
    'suspend',
    '',
    (workload, value, path) => {
      workload.suspended = workload.reader.toggle(value, path) === true;
    },
    'a suspended one is left out',
  ),
];

const cronJob: readonly Field<Workload>[] = [
  kept('schedule', 'schedule', (workload, value, path) => {
    const text = workload.reader.text(value, path);
    if (text !== undefined) workload.schedule = { text, path };
  }),
  kept('jobTemplate', 'containers', (workload, value, path) => {
    const { reader } = workload;
    const fields = reader.fields(value, path, ['metadata', 'spec']) ?? {};
    const metadata = readMetadata(reader, fields['metadata'], [...path, 'metadata']);
    textsOf(reader, metadata['labels'], [...path, 'metadata', 'labels']);
    readFields(workload, fields['spec'] ?? {}, [...path, 'spec'], job);
  }),
  kept(
    'timeZone',
    'schedule',
    (workload, value, path) => {
      const text = workload.reader.text(value, path);
      if (text === undefined || isTimeZone(text)) workload.timeZone = text;
      else
        workload.reader.fail(
          path,
          'VALUE_INVALID',
          `${quote(text)} is no time zone`,
          'write it as Europe/Berlin or Etc/UTC',
        );
    },
    'the schedule is written as systemd has it, which knows time zones',
  ),
  leftOut('concurrencyPolicy', 'Forbid: a run that still works is not started again', 'Forbid'),
  leftOut('startingDeadlineSeconds', 'left out: what was missed is run once at the next boot'),
  leftOut('successfulJobsHistoryLimit', 'left out: the journal has what ran'),
  leftOut('failedJobsHistoryLimit', 'left out: the journal has what ran'),
  kept(
    'suspend',
    '',
    (workload, value, path) => {
      workload.suspended = workload.reader.toggle(value, path) === true;
    },
    'a suspended one is left out',
  ),
];

/** The fields of the spec of each kind of workload. */
export const workloadFields: Readonly<Record<string, readonly Field<Workload>[]>> = {
  Deployment: deployment,
  ReplicaSet: replicaSet,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  Job: job,
  CronJob: cronJob,
};

const objectKeys = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** Reads an object that describes pods. */
export function readWorkload(reader: ForeignReader, object: KubeObject): Workload {
  const { kind, fields, path, labels, annotations } = object;
  const workload: Workload = {
    reader,
    copies: 1,
    claims: [],
    job: kind === 'Job' || kind === 'CronJob',
    suspended: false,
  };
  reader.fields(fields, path, objectKeys);
  if (fields['status'] !== undefined) reader.tell([...path, 'status'], 'approximated', cluster);
  const at = [...path, 'spec'];
  if (kind === 'Pod')
    workload.template = { spec: reader.fields(fields['spec'], at) ?? {}, path: at, labels, annotations };
  else {
    const spec = readFields(workload, fields['spec'] ?? {}, at, workloadFields[kind] ?? []);
    if (!workload.job && workload.template !== undefined)
      readSelector(reader, spec['selector'], [...at, 'selector'], workload.template.labels);
  }
  return workload;
}
