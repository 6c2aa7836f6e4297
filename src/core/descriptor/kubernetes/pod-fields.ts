import type { Path } from '../document.ts';
import { type Field, kept, leftOut, near, noted, readFields } from './field.ts';
import type { KubeContainer } from './kube-container.ts';
import { podSecurity } from './security-fields.ts';

const scheduling = 'left out: there is one host to run on';
const policies: Readonly<Record<string, string>> = { Always: 'always', OnFailure: 'on-failure', Never: 'no' };

/** Fields of a pod that each of its containers takes over (Kubernetes API, v1 PodSpec). */
export const podFields: readonly Field<KubeContainer>[] = [
  noted('containers', 'containers', 'the first one has the network, which the others share'),
  noted(
    'initContainers',
    'init, containers',
    'a step before the first container where it can have its variables and mounts; else a job',
  ),
  noted('volumes', 'volumes, tmpfs, files, secrets', 'each by its kind: below'),
  kept('restartPolicy', 'restart', (container, value, path) => {
    const policy = Object.hasOwn(policies, String(value)) ? policies[String(value)] : undefined;
    if (policy === undefined)
      container.reader.fail(
        path,
        'VALUE_INVALID',
        'that is not a way to restart',
        'write Always, OnFailure or Never',
      );
    else if (!container.pod.job || policy !== 'always') container.set('restart', policy, path);
  }),
  kept(
    'terminationGracePeriodSeconds',
    'stop_timeout',
    (container, value, path) => {
      const seconds = container.reader.number(value, path);
      if (seconds !== undefined) container.set('stop_timeout', `${String(seconds)}s`, path);
    },
    '30 seconds without it',
  ),
  kept(
    'activeDeadlineSeconds',
    'systemd',
    (container, value, path) => {
      setDeadline(container, container.reader.number(value, path), path);
    },
    'of what runs to its end how long each try may take',
  ),
  toggle('hostPID', 'pid'),
  toggle('hostIPC', 'ipc'),
  kept('hostNetwork', 'network_mode', (container, value, path) => {
    if (container.reader.toggle(value, path) === true && !isShared(container))
      container.set('network_mode', 'host', path);
  }),
  ofHolder('hostname', 'hostname', (container, value, path) => {
    if (container.pod.spec['hostnameOverride'] === undefined) setHostname(container, value, path);
    else container.approximate(path, 'left out: hostnameOverride holds over it');
  }),
  ofHolder('hostnameOverride', 'hostname', setHostname),
  leftOut('subdomain', 'left out: names are those of Services'),
  leftOut('setHostnameAsFQDN', 'left out: names are those of Services', false),
  ofHolder('hostAliases', 'extra_hosts', (container, value, path) => {
    for (const [item, at] of container.reader.list(value, path)) {
      const fields = container.reader.fields(item, at, ['ip', 'hostnames']) ?? {};
      const ip = container.reader.textOf(fields, 'ip', at) ?? '';
      for (const [name, place] of container.reader.texts(fields['hostnames'] ?? [], [...at, 'hostnames']))
        container.add('extra_hosts', `${name}:${ip}`, place);
    }
  }),
  ofHolder('dnsConfig', 'dns, dns_search, dns_options', (container, value, path) => {
    const { reader } = container;
    const fields = reader.fields(value, path, ['nameservers', 'searches', 'options']) ?? {};
    for (const [text, at] of reader.texts(fields['nameservers'] ?? [], [...path, 'nameservers']))
      container.add('dns', text, at);
    for (const [text, at] of reader.texts(fields['searches'] ?? [], [...path, 'searches']))
      container.add('dns_search', text, at);
    for (const [item, at] of reader.list(fields['options'] ?? [], [...path, 'options'])) {
      const option = reader.fields(item, at, ['name', 'value']) ?? {};
      const value_ = reader.textOf(option, 'value', at);
      container.add(
        'dns_options',
        `${reader.textOf(option, 'name', at) ?? ''}${value_ === undefined ? '' : `:${value_}`}`,
        at,
      );
    }
  }),
  leftOut('dnsPolicy', 'left out: the engine answers for names of the app', 'ClusterFirst', 'Default'),
  kept('securityContext', 'user, group_add, sysctls, security_opt', (container, value, path) => {
    readFields(container, value, path, podSecurity);
  }),
  near(
    'shareProcessNamespace',
    '',
    'left out: each container has processes of its own',
    (container, value, path) => {
      if (container.reader.toggle(value, path) === true)
        container.approximate(path, 'left out: each container has processes of its own');
    },
  ),
  ...[
    'affinity',
    'nodeName',
    'nodeSelector',
    'overhead',
    'preemptionPolicy',
    'priority',
    'priorityClassName',
    'schedulerName',
    'schedulingGates',
    'tolerations',
    'topologySpreadConstraints',
    'os',
    'resourceClaims',
    'schedulingGroup',
    'workloadRef',
    'evictionResponders',
  ].map((name) => leftOut<KubeContainer>(name, scheduling)),
  ...['serviceAccount', 'serviceAccountName', 'automountServiceAccountToken'].map((name) =>
    leftOut<KubeContainer>(name, 'left out: containers of gear reach no API of a cluster', false),
  ),
  leftOut('imagePullSecrets', 'left out: gear registry login says with which login images are fetched'),
  leftOut('enableServiceLinks', 'left out: Services are names, and no variables', false),
  leftOut('readinessGates', 'left out: the readinessProbe says it'),
  leftOut('runtimeClassName', 'left out: write runtime in a native descriptor'),
  leftOut('hostUsers', 'left out: the engine decides it', true),
  leftOut('ephemeralContainers', 'left out: gear run starts one beside them'),
  leftOut('resources', 'left out: limits stand with the containers'),
];

/** How long a container may run. systemd bounds the start of a oneshot, which is all of it, and no time that it runs. */
export function setDeadline(container: KubeContainer, seconds: number | undefined, path: Path): void {
  if (seconds === undefined) return;
  const name = container.pod.job ? 'TimeoutStartSec' : 'RuntimeMaxSec';
  container.set('systemd', { Service: { [name]: String(seconds) } }, path);
}

/** Whether a container uses the network of another one of its pod. */
function isShared({ native }: KubeContainer): boolean {
  const mode = native['network_mode'];
  return typeof mode === 'string' && mode.startsWith('container:');
}

/** What belongs to the network of a pod is said of the container that has it. */
function ofHolder(name: string, to: string, read: Field<KubeContainer>['read']): Field<KubeContainer> {
  return kept(
    name,
    to,
    (container, value, path) => {
      if (!isShared(container)) read(container, value, path);
    },
    'with the first container',
  );
}

function setHostname(container: KubeContainer, value: unknown, path: Path): void {
  const text = container.reader.text(value, path);
  if (text !== undefined) container.set('hostname', text, path);
}

function toggle(name: string, to: string): Field<KubeContainer> {
  return kept(name, to, (container, value, path: Path) => {
    if (container.reader.toggle(value, path) === true) container.set(to, 'host', path);
  });
}
