import type { Path } from '../../src/core/descriptor/document.ts';
import { publishedTypes, type PublishedField } from './kubernetes-api.ts';

type Values = Readonly<Record<string, unknown>>;

/** A field of the API, a manifest that has it, and where it stands there. */
export interface FieldCase {
  /** As `Probe.httpGet`. */
  readonly field: string;
  readonly documents: readonly Values[];
  readonly path: Path;
}

const pod = {
  containers: [{ name: 'web', image: 'web:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
  volumes: [{ name: 'data', emptyDir: {} }],
};
const template = { metadata: { labels: { app: 'web' } }, spec: pod };
/** A pod that uses the ConfigMap and the Secret whole. */
const using = {
  ...pod,
  containers: [
    { ...pod.containers[0], envFrom: [{ configMapRef: { name: 'conf' } }, { secretRef: { name: 'token' } }] },
  ],
};
const jobTemplate = { spec: { template: { spec: { ...pod, restartPolicy: 'Never' } } } };
const reference = { name: 'conf', key: 'A' };

/** What a value of a type has beside the field that is asked for: without it the value would be a mistake. */
const least: Values = {
  Pod: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: { app: 'web' } }, spec: pod },
  Deployment: workload('Deployment', 'apps/v1', { template }),
  StatefulSet: workload('StatefulSet', 'apps/v1', { template }),
  DaemonSet: workload('DaemonSet', 'apps/v1', { template }),
  ReplicaSet: workload('ReplicaSet', 'apps/v1', { template }),
  Job: workload('Job', 'batch/v1', jobTemplate.spec),
  CronJob: workload('CronJob', 'batch/v1', { schedule: '0 3 * * *', jobTemplate }),
  Service: workload('Service', 'v1', { selector: { app: 'web' } }),
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, data: { A: 'b' } },
  Secret: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, data: { KEY: 'Yg==' } },
  PersistentVolumeClaim: workload('PersistentVolumeClaim', 'v1', {
    resources: { requests: { storage: '1Gi' } },
  }),
  ObjectMeta: { name: 'web' },
  PodSpec: pod,
  PodTemplateSpec: template,
  ...{ DeploymentSpec: { template }, StatefulSetSpec: { template }, DaemonSetSpec: { template } },
  ...{ ReplicaSetSpec: { template }, JobSpec: jobTemplate.spec, JobTemplateSpec: jobTemplate },
  CronJobSpec: { schedule: '0 3 * * *', jobTemplate },
  ServiceSpec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  ServicePort: { port: 80 },
  Container: pod.containers[0],
  EphemeralContainer: { name: 'debug', image: 'debug:1' },
  ContainerPort: { containerPort: 80, hostPort: 8080 },
  ContainerResizePolicy: { resourceName: 'cpu' },
  EnvVar: { name: 'X' },
  ...{ ConfigMapKeySelector: reference, SecretKeySelector: { name: 'token', key: 'KEY' } },
  ...{ ConfigMapEnvSource: { name: 'conf' }, SecretEnvSource: { name: 'token' } },
  EnvFromSource: { configMapRef: { name: 'conf' } },
  FileKeySelector: { key: 'a', path: 'b', volumeName: 'data' },
  ObjectFieldSelector: { fieldPath: 'metadata.name' },
  ResourceFieldSelector: { resource: 'limits.cpu' },
  ...{ HTTPGetAction: { port: 80 }, TCPSocketAction: { port: 80 }, GRPCAction: { port: 80 } },
  HTTPHeader: { name: 'A', value: 'b' },
  ExecAction: { command: ['true'] },
  Volume: { name: 'data', emptyDir: {} },
  ProjectedVolumeSource: { sources: [{ configMap: { name: 'conf' } }] },
  VolumeMount: { name: 'data', mountPath: '/x' },
  VolumeDevice: { name: 'data', devicePath: '/dev/x' },
  ConfigMapVolumeSource: { name: 'conf' },
  ConfigMapProjection: { name: 'conf' },
  SecretVolumeSource: { secretName: 'token' },
  SecretProjection: { name: 'token' },
  KeyToPath: { key: 'A', path: 'a' },
  DownwardAPIVolumeFile: { path: 'name', fieldRef: { fieldPath: 'metadata.name' } },
  DownwardAPIVolumeSource: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] },
  ...{ HostPathVolumeSource: { path: '/srv/x' }, NFSVolumeSource: { server: 'files', path: '/x' } },
  PersistentVolumeClaimVolumeSource: { claimName: 'data' },
  PersistentVolumeClaimTemplate: { spec: {} },
  HostAlias: { ip: '10.0.0.1', hostnames: ['files'] },
  PodDNSConfigOption: { name: 'ndots' },
  Sysctl: { name: 'net.core.somaxconn', value: '1024' },
  ...{ SeccompProfile: { type: 'Localhost', localhostProfile: 'x.json' } },
  ...{ AppArmorProfile: { type: 'Localhost', localhostProfile: 'x' } },
};

/** Values of fields that take no text or number at will. */
const values: Values = {
  ...{ 'LabelSelector.matchLabels': { app: 'web' } },
  'LabelSelector.matchExpressions': [{ key: 'app', operator: 'Exists' }],
  ...{ 'LabelSelectorRequirement.operator': 'Exists', 'EmptyDirVolumeSource.mode': 511 },
  ...{ 'JobSpec.suspend': false, 'CronJobSpec.suspend': false },
  'ConfigMap.binaryData': { B: 'Yg==' },
  'Secret.data': { OTHER: 'Yg==' },
  'ObjectMeta.namespace': 'shop',
  'Container.livenessProbe': { exec: { command: ['true'] } },
  'Container.readinessProbe': { exec: { command: ['true'] } },
  'Container.startupProbe': { exec: { command: ['true'] } },
  'PodSpec.restartPolicy': 'OnFailure',
  'PodSpec.hostUsers': false,
  'PodSpec.dnsConfig': { nameservers: ['1.1.1.1'] },
  'PodSpec.securityContext': { runAsUser: 1000 },
  'CronJobSpec.timeZone': 'Europe/Berlin',
  ...{ 'ServiceSpec.type': 'NodePort', 'ServiceSpec.ports': { port: 80, targetPort: 8080 } },
  'Container.lifecycle': { stopSignal: 'SIGINT' },
  'Container.resources': { limits: { cpu: '500m' } },
  'Container.restartPolicy': 'Always',
  'Container.securityContext': { runAsUser: 1000 },
  'Container.workingDir': '/srv',
  ...{ 'PodDNSConfig.nameservers': ['1.1.1.1'], 'PodDNSConfigOption.value': '2' },
  'PodSecurityContext.seLinuxOptions': { level: 's0' },
  ...{ 'ServicePort.targetPort': 8080, 'ServicePort.protocol': 'UDP' },
  'Lifecycle.stopSignal': 'SIGINT',
  ...{ 'ContainerPort.hostIP': '127.0.0.1', 'ContainerPort.protocol': 'UDP' },
  ...{ 'Probe.httpGet': { port: 80 }, 'Probe.tcpSocket': { port: 80 }, 'Probe.grpc': { port: 80 } },
  'ResourceFieldSelector.divisor': '1m',
  'SecurityContext.allowPrivilegeEscalation': false,
  'SecurityContext.capabilities': { add: ['NET_ADMIN'] },
  'SecurityContext.seLinuxOptions': { level: 's0' },
  ...{ 'Capabilities.add': ['NET_ADMIN'], 'Capabilities.drop': ['ALL'] },
  ...{ 'VolumeMount.mountPropagation': 'Bidirectional', 'VolumeMount.recursiveReadOnly': 'Enabled' },
  ...{ 'EmptyDirVolumeSource.medium': 'Memory', 'EmptyDirVolumeSource.sizeLimit': '64Mi' },
  'HostPathVolumeSource.type': 'DirectoryOrCreate',
  'SecretVolumeSource.items': [{ key: 'KEY', path: 'key' }],
  'SecretProjection.items': [{ key: 'KEY', path: 'key' }],
};

/** Fields of a probe that say what it does. */
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

function workload(kind: string, apiVersion: string, spec: object): Values {
  return { apiVersion, kind, metadata: { name: 'web' }, spec };
}

/** The cases of all published fields, each where it stands first, and of those of the first kinds, first. */
export function fieldCases(kinds: readonly string[]): readonly FieldCase[] {
  const cases: FieldCase[] = [];
  const seen = new Set<string>();
  const waiting: { readonly type: string; readonly chain: readonly Step[] }[] = kinds.map((type) => ({
    type,
    chain: [],
  }));
  for (const { type, chain } of waiting) {
    if (seen.has(type)) continue;
    seen.add(type);
    for (const field of publishedTypes.get(type) ?? []) {
      const steps = [...chain, { type, field }];
      cases.push({
        field: `${type}.${field.name}`,
        documents: [built(steps) as Values, ...besides(steps[0]?.type)],
        path: [0, ...steps.flatMap((step) => [step.field.name, ...(step.field.isList ? [0] : [])])],
      });
      if (publishedTypes.has(field.type)) waiting.push({ type: field.type, chain: steps });
    }
  }
  return cases;
}

interface Step {
  readonly type: string;
  readonly field: PublishedField;
}

function built([step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return {};
  const { type, field } = step;
  const own = values[`${type}.${field.name}`];
  const value = rest.length > 0 ? built(rest) : (own ?? valueOf(type, field));
  return {
    ...besideField(type, field.name),
    [field.name]: field.isList && !Array.isArray(value) ? [value] : value,
  };
}

/** Of a volume a field is its kind, of a probe perhaps what it does; then there can be no other. */
function besideField(type: string, name: string): Values {
  if (type === 'Volume' && name !== 'name') return { name: 'data' };
  if (type === 'DownwardAPIVolumeFile' && name === 'resourceFieldRef') return { path: 'limit' };
  if (type === 'Probe' && !handlers.includes(name)) return { exec: { command: ['true'] } };
  return (least[type] ?? {}) as Values;
}

function valueOf(type: string, { name, type: of }: PublishedField): unknown {
  const given = (least[type] as Values | undefined)?.[name];
  if (given !== undefined) return Array.isArray(given) ? given[0] : given;
  return { text: 'x', number: 5, truth: true, map: { x: 'y' } }[of] ?? least[of] ?? {};
}

/** What the manifests hold beside the one with the field. */
function besides(kind: string | undefined): readonly Values[] {
  const runs = ['Service', 'ConfigMap', 'Secret', 'PersistentVolumeClaim'].includes(kind ?? '');
  return [
    ...['ConfigMap', 'Secret'].filter((each) => each !== kind).map((each) => least[each] as Values),
    ...(runs ? [{ ...(least['Pod'] as Values), spec: using }] : []),
  ];
}
