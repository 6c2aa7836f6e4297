import { lose, mapOf, pairsOf, textsOf, type WriterKey, textOf } from '../foreign/foreign-writer.ts';
import { blkio, depend, deploy, devices, noUnits, type ServiceWriting, useOf } from './service-parts.ts';

type Write = WriterKey<ServiceWriting>['write'];

function kept(name: string, to: string, write: Write, note = ''): WriterKey<ServiceWriting> {
  return { name, verdict: 'kept', to, note, write };
}

/** A key that is the same by this name. */
function same(name: string, to = name): WriterKey<ServiceWriting> {
  return kept(name, to, ({ service }, value) => {
    service[to] = value;
  });
}

function lost(name: string, why: string): WriterKey<ServiceWriting> {
  return {
    ...{ name, verdict: 'refused', to: '', note: `${why}: write it beside the file` },
    write: ({ writing }) => lose(writing, name, why, 'refused'),
  };
}

/** Keys of a container, and the attributes of a service that they become. */
export const composeWriters: readonly WriterKey<ServiceWriting>[] = [
  ...[
    'image',
    'container_name',
    'command',
    'entrypoint',
    'volumes',
    'tmpfs',
    'user',
    'cpus',
    'hostname',
    'extra_hosts',
    'dns',
  ].map((name) => same(name)),
  ...[
    'dns_search',
    'expose',
    'mac_address',
    'privileged',
    'cap_add',
    'cap_drop',
    'security_opt',
    'read_only',
  ].map((name) => same(name)),
  ...[
    'devices',
    'device_cgroup_rules',
    'gpus',
    'pid',
    'ipc',
    'uts',
    'shm_size',
    'cpu_shares',
    'cpu_period',
  ].map((name) => same(name)),
  ...['cpu_quota', 'pids_limit', 'oom_score_adj', 'working_dir', 'group_add', 'stop_signal', 'platform'].map(
    (name) => same(name),
  ),
  ...['runtime', 'cgroup_parent', 'env_file'].map((name) => same(name)),
  same('memory', 'mem_limit'),
  same('stop_timeout', 'stop_grace_period'),
  same('dns_options', 'dns_opt'),
  same('userns', 'userns_mode'),
  same('init_process', 'init'),
  same('cgroupns', 'cgroup'),
  same('memory_swap', 'memswap_limit'),
  same('memory_reservation', 'mem_reservation'),
  same('cpuset_cpus', 'cpuset'),
  ...(['labels', 'annotations', 'sysctls'] as const).map((name) => same(name)),
  same('storage_options', 'storage_opt'),
  kept('count', 'deploy', (into, value) => deploy(into, { replicas: Number(value) })),
  kept('ports', 'ports', ({ service }, value) => {
    // A free port is one that is not said.
    service['ports'] = textsOf(value).map((port) =>
      port.replace(/(^|:)0:/, (_, before: string) => (before === '' ? '' : '::')),
    );
  }),
  kept(
    'env',
    'environment',
    ({ service, writing }, value) => {
      const variables = Object.entries(mapOf(value)).filter(([key, text]) => {
        if (typeof text !== 'object' || text === null) return true;
        lose(
          writing,
          `env.${key}`,
          'Compose takes no variable from a secret: read it from /run/secrets',
          'refused',
        );
        return false;
      });
      service['environment'] = Object.fromEntries(variables);
    },
    'a variable from a secret is left out',
  ),
  kept('secrets', 'secrets', ({ service, top }, value) => {
    service['secrets'] = (value as readonly unknown[]).map((item) => {
      const { name, file, mode } =
        typeof item === 'string'
          ? { name: item, file: undefined, mode: undefined }
          : (mapOf(item) as { name: string; file?: string; mode?: string });
      top.secrets[name] = { external: true };
      return file === undefined && mode === undefined
        ? name
        : {
            source: name,
            ...(file === undefined ? {} : { target: file }),
            ...(mode === undefined ? {} : { mode }),
          };
    });
  }),
  kept('files', 'configs', ({ service, top, writing }, value) => {
    service['configs'] = (value as readonly unknown[]).map((item, index) => {
      const { source, content, target, mode } = mapOf(item);
      const name = `${writing.name}-${textOf(index)}`;
      top.configs[name] = content === undefined ? { file: source } : { content };
      return { source: name, target, ...(mode === undefined ? {} : { mode }) };
    });
  }),
  kept('networks', 'networks', ({ service }, value) => {
    service['networks'] = Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(mapOf(value)).map(([name, use]) => [name, useOf(mapOf(use))]));
  }),
  kept('network_mode', 'network_mode', ({ service, writing }, value) => {
    const [, own] = /^container:(.*)$/.exec(textOf(value)) ?? [];
    const isOwn = own !== undefined && Object.hasOwn(mapOf(writing.app['containers']), own);
    service['network_mode'] = isOwn ? `service:${own}` : value;
  }),
  kept('health', 'healthcheck', ({ service }, value) => {
    if (value === false) {
      service['healthcheck'] = { disable: true };
      return;
    }
    const { cmd, ...rest } = mapOf(value);
    service['healthcheck'] = {
      ...(cmd === undefined ? {} : { test: Array.isArray(cmd) ? ['CMD', ...(cmd as unknown[])] : cmd }),
      ...rest,
    };
  }),
  kept(
    'restart',
    'restart, deploy',
    (into, value) => {
      const { writing, service } = into;
      if (typeof value !== 'object' || value === null) {
        service['restart'] = value;
        return;
      }
      const { policy, delay } = mapOf(value);
      const condition =
        { always: 'any', 'on-failure': 'on-failure', no: 'none' }[textOf(policy ?? 'always')] ?? 'any';
      deploy(into, { restart_policy: { condition, ...(delay === undefined ? {} : { delay }) } });
      lose(writing, 'restart', 'the longest delay is left out');
    },
    'the longest delay is left out',
  ),
  kept('job', 'deploy', (into) => deploy(into, { mode: 'replicated-job' })),
  kept('ulimits', 'ulimits', ({ service }, value) => {
    service['ulimits'] = Object.fromEntries(
      pairsOf(value).map(([name, limit]) => {
        const [soft, hard] = limit.split(':').map(Number);
        return [name, hard === undefined ? soft : { soft, hard }];
      }),
    );
  }),
  ...(['log_driver', 'log_options'] as const).map((name) =>
    kept(name, 'logging', ({ service }, value) => {
      service['logging'] = {
        ...mapOf(service['logging']),
        ...(name === 'log_driver' ? { driver: value } : { options: Object.fromEntries(pairsOf(value)) }),
      };
    }),
  ),
  ...(['after', 'requires', 'part_of'] as const).map((name) =>
    kept(name, 'depends_on', (into, value) => depend(into, name, value), 'between containers of the app'),
  ),
  ...(['before', 'wants', 'conflicts'] as const).map((name) => lost(name, noUnits)),
  lost('schedule', 'Compose has no times'),
  lost('init', 'Compose has no steps before a start'),
  lost('reload', 'Compose starts a service anew when its files change'),
  lost('systemd', noUnits),
  lost('cpuset_mems', 'Compose has no nodes of memory'),
  ...['uidmap', 'gidmap', 'subuidname', 'subgidname'].map((name) => lost(name, 'Compose maps no IDs')),
  kept('blkio_weight', 'blkio_config', (into, value) => blkio(into, 'weight', Number(value))),
  kept('blkio_weight_devices', 'blkio_config', (into, value) =>
    blkio(into, 'weight_device', devices(value, 'weight')),
  ),
  ...['device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops'].map((name) =>
    kept(name, 'blkio_config', (into, value) => blkio(into, name, devices(value, 'rate'))),
  ),
];
