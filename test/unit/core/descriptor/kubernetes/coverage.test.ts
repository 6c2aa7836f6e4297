import { expect, test } from 'vitest';
import type { Coverage } from '../../../../../src/core/descriptor/foreign/coverage.ts';
import type { Verdict } from '../../../../../src/core/descriptor/foreign/loss.ts';
import {
  claimFields,
  configMapFields,
  secretFields,
} from '../../../../../src/core/descriptor/kubernetes/cluster.ts';
import { containerFields } from '../../../../../src/core/descriptor/kubernetes/container-fields.ts';
import { metadataFields } from '../../../../../src/core/descriptor/kubernetes/metadata.ts';
import { podFields } from '../../../../../src/core/descriptor/kubernetes/pod-fields.ts';
import {
  containerSecurity,
  podSecurity,
} from '../../../../../src/core/descriptor/kubernetes/security-fields.ts';
import { serviceFields } from '../../../../../src/core/descriptor/kubernetes/services.ts';
import { volumeKinds } from '../../../../../src/core/descriptor/kubernetes/volume-kinds.ts';
import { workloadFields } from '../../../../../src/core/descriptor/kubernetes/workload-fields.ts';
import { publishedTypes } from '../../../../support/kubernetes-api.ts';
import { type FieldCase, fieldCases } from '../../../../support/kubernetes-fields.ts';
import { kubernetesFormat, outcomeOf } from '../../../../support/reader-outcome.ts';
import { isNear, replaced } from '../../../../support/value-paths.ts';

const format = kubernetesFormat({ directory: '/srv/shop', environment: {}, files: new Map() });
const cases = fieldCases([
  ...[
    'Pod',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'ReplicaSet',
    'Job',
    'CronJob',
    'Service',
    'ConfigMap',
  ],
  ...['Secret', 'PersistentVolumeClaim'],
]);

/** Fields that change nothing and of which nothing is told, and why that is. */
const saysNothing: Readonly<Record<string, RegExp>> = {
  'it is the value that holds anyway':
    /^((Cron)?JobSpec\.suspend|Container\.restartPolicy|ServiceSpec\.publishNotReadyAddresses)$/,
  'it says that something may be missing which is there': /\.optional$/,
  'it is for people, or for a proxy': /^(ContainerPort|ServicePort)\.name$|^ServicePort\.appProtocol$/,
  'it has one value, or names what needs no name here':
    /^(ObjectFieldSelector\.apiVersion|Secret\.type|ObjectMeta\.(namespace|generateName))$|^JobTemplateSpec\.metadata$/,
  'it says again what the template says': /^\w+Spec\.selector$|^LabelSelector/,
  'every volume of an engine can be mounted by all': /\.accessModes$/,
  'without a published port nobody asks from outside': /^ServicePort\.protocol$/,
};

/** What was told of the field, of what is below it, or of what it is in; undefined for a field of which nobody says a word. */
async function verdictOf({ field, documents, path }: FieldCase): Promise<Verdict | undefined> {
  const read = await format.read(documents);
  const losses = (read.ok ? read.value.losses : []).filter((loss) => isNear(path, loss.path));
  for (const { verdict, words, next } of losses) {
    if (verdict !== 'kept') expect(words, field).toMatch(/^.{8,}[^.]$/);
    if (verdict === 'refused') expect(next, field).toMatch(/^.{8,}[^.]$/);
  }
  for (const verdict of ['refused', 'approximated'] as const)
    if (losses.some((loss) => loss.verdict === verdict)) return verdict;
  const whole = await outcomeOf(format, documents);
  expect(whole.failures, field).toEqual([]);
  const without = await outcomeOf(format, replaced(documents, path, null));
  const isSaid =
    without.failures.length > 0 ||
    without.made !== whole.made ||
    without.told.length !== whole.told.length ||
    Object.values(saysNothing).some((each) => each.test(field));
  return isSaid ? 'kept' : undefined;
}

test('every published field of the kinds is kept, approximated or refused with a word of its own', async () => {
  const verdicts = new Map<string, Verdict | undefined>();
  for (const each of cases) verdicts.set(each.field, await verdictOf(each));
  const count = (verdict: Verdict | undefined) =>
    [...verdicts.values()].filter((each) => each === verdict).length;
  console.log(
    `Kubernetes: ${String(cases.length)} fields of ${String(publishedTypes.size)} types, ${String(count('kept'))} kept, ` +
      `${String(count('approximated'))} approximated, ${String(count('refused'))} refused`,
  );
  expect([...verdicts].filter(([, verdict]) => verdict === undefined)).toEqual([]);
});

/** Fields of other releases than the one whose list this is. */
const ofOthers = ['workloadRef', 'evictionResponders', 'scheduling'];

test.each<[string, readonly Coverage[]]>([
  ...([
    ['ObjectMeta', metadataFields],
    ['PodSpec', podFields],
    ['Container', containerFields],
    ['PodSecurityContext', podSecurity],
    ['SecurityContext', containerSecurity],
    ['ServiceSpec', serviceFields],
    ['ConfigMap', configMapFields],
    ['Secret', secretFields],
    ['PersistentVolumeClaim', claimFields],
    ['Volume', [...volumeKinds, { name: 'name' }]],
  ] as [string, readonly Coverage[]][]),
  ...Object.entries(workloadFields).map(([kind, fields]): [string, readonly Coverage[]] => [
    `${kind}Spec`,
    fields,
  ]),
])('the table of %s has every published field, and nothing else', (type, table) => {
  const names = table.map(({ name }) => name).filter((name) => !ofOthers.includes(name));
  expect(names.toSorted()).toEqual((publishedTypes.get(type) ?? []).map(({ name }) => name).toSorted());
});

test('what is refused says what to write instead, and what is approximated how', () => {
  const tables = [podFields, containerFields, serviceFields, volumeKinds, ...Object.values(workloadFields)];
  for (const { name, verdict, note } of tables.flatMap((table): readonly Coverage[] => table)) {
    if (verdict === 'refused') expect(note, name).toMatch(/^.{10,}: .{5,}[^.]$/);
    if (verdict === 'approximated') expect(note, name).toMatch(/^.{8,}[^.]$/);
  }
});
