import { lose, mapOf, pairsOf, textOf, textsOf, type WriterKey } from '../foreign/foreign-writer.ts';
import { kubeName, part, plain, type PodWriting, quantityOf, secondsOf } from './pod-writing.ts';
import { storageWriters } from './write-storage.ts';

type Write = WriterKey<PodWriting>['write'];

function kept(name: string, to: string, write: Write, note = ''): WriterKey<PodWriting> {
  return { name, verdict: 'kept', to, note, write };
}

function near(name: string, to: string, note: string, write: Write): WriterKey<PodWriting> {
  return { name, verdict: 'approximated', to, note, write };
}

function words(name: string, to: string): WriterKey<PodWriting> {
  return kept(name, to, ({ container }, value) => {
    container[to] = textsOf(value).map(plain);
  });
}

function security(
  name: string,
  to: string,
  write: (value: unknown) => Record<string, unknown>,
): WriterKey<PodWriting> {
  return kept(name, to, ({ container }, value) => part(container, 'securityContext', write(value)));
}

function lost(name: string, why: string): WriterKey<PodWriting> {
  return {
    ...{ name, verdict: 'refused', to: '', note: why },
    write: ({ writing }) => lose(writing, name, why, 'refused'),
  };
}

const noOrder = 'Kubernetes starts pods in no order: a program has to wait for what it needs';

/** Keys of a container, and the fields of a pod that they become. */
export const kubeWriters: readonly WriterKey<PodWriting>[] = [
  kept('image', 'image', ({ container }, value) => {
    container['image'] = plain(textOf(value));
  }),
  words('command', 'args'),
  words('entrypoint', 'command'),
  kept('count', 'replicas', () => undefined),
  kept('job', 'Job', () => undefined),
  near('restart', 'restartPolicy, Deployment', 'delays are left out', ({ writing }, value) => {
    if (typeof value === 'object') lose(writing, 'restart', 'the delays are those of the cluster');
  }),
  kept('ports', 'ports (hostPort)', writePorts),
  kept('env', 'env', writeEnv, 'a variable from a secret is one of a Secret'),
  ...storageWriters,
  near('networks', 'Service', 'pods share one network; names become Services', ({ writing }, value) => {
    const uses = Array.isArray(value) ? [] : Object.values(mapOf(value)).map(mapOf);
    if (Object.keys(mapOf(value)).length > 1 || (Array.isArray(value) && value.length > 1))
      lose(writing, 'networks', 'one network for all pods');
    if (uses.some(({ ip, ip6 }) => ip !== undefined || ip6 !== undefined))
      lose(writing, 'networks', 'addresses are given by the cluster');
  }),
  kept('network_mode', 'hostNetwork, or the same pod', ({ writing, spec }, value) => {
    const mode = textOf(value);
    if (mode === 'host') spec['hostNetwork'] = true;
    else if (!mode.startsWith('container:'))
      lose(writing, 'network_mode', `${mode} is left out: a pod has a network`);
  }),
  near('health', 'readinessProbe', 'in whole seconds', ({ container }, value) => {
    const { cmd, interval, timeout, retries, start_period: start } = mapOf(value);
    if (cmd === undefined) return;
    const seconds = (key: string, given: unknown): Record<string, number> => {
      const found = given === undefined ? undefined : secondsOf(textOf(given));
      return found === undefined ? {} : { [key]: found };
    };
    container['readinessProbe'] = {
      exec: {
        command: Array.isArray(cmd) ? textsOf(cmd).map(plain) : ['/bin/sh', '-c', plain(textOf(cmd))],
      },
      ...seconds('initialDelaySeconds', start),
      ...seconds('periodSeconds', interval ?? '30s'),
      ...seconds('timeoutSeconds', timeout ?? '30s'),
      ...(retries === undefined ? {} : { failureThreshold: Number(retries) }),
    };
  }),
  kept('memory', 'resources', ({ container }, value) =>
    limit(container, 'memory', quantityOf(textOf(value))),
  ),
  kept('cpus', 'resources', ({ container }, value) => limit(container, 'cpu', textOf(value))),
  security('privileged', 'securityContext', (value) => ({ privileged: value })),
  security('read_only', 'securityContext', (value) => ({ readOnlyRootFilesystem: value })),
  kept('cap_add', 'securityContext', ({ container }, value) => capabilities(container, 'add', value)),
  kept('cap_drop', 'securityContext', ({ container }, value) => capabilities(container, 'drop', value)),
  near('user', 'securityContext', 'by number', ({ container, writing }, value) => {
    const [user = '', group] = textOf(value).split(':');
    if (!/^\d+$/.test(user) || (group !== undefined && !/^\d+$/.test(group))) {
      lose(writing, 'user', `${textOf(value)} is a name, and pods have numbers`, 'refused');
      return;
    }
    part(container, 'securityContext', {
      runAsUser: Number(user),
      ...(group === undefined ? {} : { runAsGroup: Number(group) }),
    });
  }),
  kept('working_dir', 'workingDir', ({ container }, value) => {
    container['workingDir'] = plain(textOf(value));
  }),
  kept('stop_timeout', 'terminationGracePeriodSeconds', () => undefined),
  kept('labels', 'metadata.labels', ({ labels }, value) => {
    for (const [key, text] of pairsOf(value)) labels[key] = plain(text);
  }),
  kept('hostname', 'hostname', ({ spec }, value) => {
    spec['hostname'] = plain(textOf(value));
  }),
  kept('extra_hosts', 'hostAliases', ({ spec }, value) => {
    spec['hostAliases'] = textsOf(value).map((text) => {
      const mark = text.search(/[:=]/);
      return { ip: text.slice(mark + 1), hostnames: [text.slice(0, mark)] };
    });
  }),
  kept('dns', 'dnsConfig', ({ spec }, value) => part(spec, 'dnsConfig', { nameservers: textsOf(value) })),
  kept('sysctls', 'securityContext', ({ spec }, value) =>
    part(spec, 'securityContext', { sysctls: pairsOf(value).map(([name, text]) => ({ name, value: text })) }),
  ),
  ...['after', 'requires', 'before', 'wants', 'part_of', 'conflicts'].map((name) => lost(name, noOrder)),
  lost('schedule', 'write a CronJob: its times are those of cron'),
  lost('init', 'write initContainers with the volumes that they need'),
  lost('reload', 'a pod is made anew when its files change'),
  lost('systemd', 'a pod has no unit'),
];

const port = /^(?:(\[[^\]]+\]|\d+(?:\.\d+){3}):)?(?:(\d+):)?(\d+)(?:\/(tcp|udp))?$/;

function writePorts({ container, writing }: PodWriting, value: unknown): void {
  container['ports'] = textsOf(value).flatMap((text) => {
    const [, ip, host, own, protocol] = port.exec(text) ?? [];
    if (own === undefined) {
      lose(writing, 'ports', `${text} is left out: a pod names single ports`, 'refused');
      return [];
    }
    if (host === undefined || host === '0') lose(writing, 'ports', `${text} gets no port of the host`);
    return [
      {
        containerPort: Number(own),
        ...(host === undefined || host === '0' ? {} : { hostPort: Number(host) }),
        ...(ip === undefined ? {} : { hostIP: ip.replaceAll(/[[\]]/g, '') }),
        ...(protocol === 'udp' ? { protocol: 'UDP' } : {}),
      },
    ];
  });
}

function writeEnv({ container, writing }: PodWriting, value: unknown): void {
  container['env'] = Object.entries(mapOf(value)).flatMap(([name, item]): readonly object[] => {
    if (typeof item === 'object' && item !== null) {
      const secret = kubeName(textOf(mapOf(item)['secret']));
      lose(writing, `env.${name}`, `make it: kubectl create secret generic ${secret} --from-literal=value=…`);
      return [{ name, valueFrom: { secretKeyRef: { name: secret, key: 'value' } } }];
    }
    const text = textOf(item);
    if (item !== null && !/^\$\{/.test(text)) return [{ name, value: plain(text) }];
    lose(writing, `env.${name}`, 'its value is not told: --show-env writes it', 'refused');
    return [];
  });
}

function limit(container: Record<string, unknown>, key: string, amount: string): void {
  part(container, 'resources', {
    limits: { ...mapOf(mapOf(container['resources'])['limits']), [key]: amount },
  });
}

function capabilities(container: Record<string, unknown>, key: 'add' | 'drop', value: unknown): void {
  const before = mapOf(mapOf(container['securityContext'])['capabilities']);
  part(container, 'securityContext', { capabilities: { ...before, [key]: textsOf(value) } });
}
