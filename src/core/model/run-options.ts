import type { EngineKind } from './engine-kind.ts';

/** How often an option of `docker run` may stand, and whether it has a value. */
export type RunOptionKind = 'switch' | 'value' | 'list';

/** An option that both engines, or one of them, take as `docker run` spells it. */
export interface RunOption {
  /** The long flag of `docker run`, without its dashes. */
  readonly flag: string;
  readonly kind: RunOptionKind;
  /** The key of the native descriptor. */
  readonly key: string;
  /** What stands for the value in help. */
  readonly value?: string;
  readonly summary: string;
  /** A value that is accepted. */
  readonly example: string;
  /** The one engine that knows it, where the other does not, and why it is refused there. */
  readonly only?: { readonly engine: EngineKind; readonly reason: string };
  /** Values are KEY=VALUE; in a descriptor they may be written as a map. */
  readonly map?: true;
}

/** The values of a container's options by flag: a switch has true. Normalised, so that equal meaning is equal data. */
export type RunOptions = Readonly<Record<string, string | true | readonly string[]>>;

function toggle(flag: string, key: string, summary: string): RunOption {
  return { flag, kind: 'switch', key, summary, example: '' };
}

function single(flag: string, key: string, value: string, summary: string, example: string): RunOption {
  return { flag, kind: 'value', key, value, summary, example };
}

function list(flag: string, key: string, value: string, summary: string, example: string): RunOption {
  return { flag, kind: 'list', key, value, summary, example };
}

function pairs(flag: string, key: string, value: string, summary: string, example: string): RunOption {
  return { ...list(flag, key, value, summary, example), map: true };
}

const mapped = {
  engine: 'podman',
  reason: 'leave it out, or map all containers of Docker: userns-remap in daemon.json',
} as const;

/**
 * The options that go to the engine as they are, once: flags of install, keys of descriptors, engine arguments, help
 * and differences are all made from this table. What gear itself has to understand has a field of ContainerSpec.
 */
export const runOptions: readonly RunOption[] = [
  single('hostname', 'hostname', 'NAME', 'Name that it has for itself', 'web'),
  list('add-host', 'extra_hosts', 'NAME:IP', 'Add a line to its /etc/hosts', 'db:10.0.0.5'),
  list('dns', 'dns', 'IP', 'Ask this name server', '10.0.0.53'),
  list('dns-search', 'dns_search', 'DOMAIN', 'Search names in this domain', 'example.com'),
  list('dns-option', 'dns_options', 'OPTION', 'Set an option of resolv.conf(5)', 'ndots:1'),
  list('expose', 'expose', 'PORT', 'Note a port that it listens on', '8080'),
  single('mac-address', 'mac_address', 'MAC', 'Set its hardware address', '02:42:ac:11:00:02'),
  toggle('privileged', 'privileged', 'Give it all that root of the host can do'),
  list('cap-add', 'cap_add', 'CAPABILITY', 'Add a capability', 'NET_ADMIN'),
  list('cap-drop', 'cap_drop', 'CAPABILITY', 'Take a capability away', 'ALL'),
  list(
    'security-opt',
    'security_opt',
    'OPTION',
    'Set SELinux labels, seccomp, AppArmor or no-new-privileges',
    'no-new-privileges',
  ),
  single('userns', 'userns', 'MODE', 'User namespace', 'host'),
  ...(['uidmap', 'gidmap'] as const).map((flag) => ({
    ...list(
      flag,
      flag,
      'CONTAINER:HOST[:AMOUNT]',
      `Map ${flag.slice(0, 3)}s of its user namespace`,
      '0:100000:65536',
    ),
    only: mapped,
  })),
  ...(['subuidname', 'subgidname'] as const).map((flag) => ({
    ...single(flag, flag, 'NAME', `Map what ${flag.slice(0, 6)}(5) gives to this name`, 'containers'),
    only: mapped,
  })),
  toggle('read-only', 'read_only', 'Make its root file system read-only'),
  toggle('init', 'init_process', 'Run a small init in it that reaps processes'),
  list('device', 'devices', 'DEVICE', 'Give it a device of the host', '/dev/fuse'),
  list('device-cgroup-rule', 'device_cgroup_rules', 'RULE', 'Allow a class of devices', 'c 189:* rmw'),
  {
    ...single('gpus', 'gpus', 'GPUS', 'Give it GPUs', 'all'),
    only: { engine: 'docker', reason: 'Podman has GPUs as devices, such as nvidia.com/gpu=all' },
  },
  single('pid', 'pid', 'MODE', 'PID namespace', 'host'),
  single('ipc', 'ipc', 'MODE', 'IPC namespace', 'private'),
  single('uts', 'uts', 'MODE', 'UTS namespace', 'host'),
  single('cgroupns', 'cgroupns', 'MODE', 'Cgroup namespace', 'private'),
  pairs(
    'sysctl',
    'sysctls',
    'KEY=VALUE',
    'Set a kernel parameter of its namespaces',
    'net.core.somaxconn=1024',
  ),
  pairs('ulimit', 'ulimits', 'NAME=SOFT[:HARD]', 'Set a resource limit of its processes', 'nofile=1024:2048'),
  single('shm-size', 'shm_size', 'AMOUNT', 'Size of /dev/shm', '64m'),
  single('memory-swap', 'memory_swap', 'AMOUNT', 'Limit memory and swap together', '1g'),
  single(
    'memory-reservation',
    'memory_reservation',
    'AMOUNT',
    'Memory that it is left with under pressure',
    '256m',
  ),
  single('cpu-shares', 'cpu_shares', 'NUMBER', 'Relative weight of its processor time', '512'),
  single('cpu-period', 'cpu_period', 'MICROSECONDS', 'Period of its processor quota', '100000'),
  single('cpu-quota', 'cpu_quota', 'MICROSECONDS', 'Processor time in each period', '50000'),
  single('cpuset-cpus', 'cpuset_cpus', 'LIST', 'Run only on these processors', '0-1'),
  single('cpuset-mems', 'cpuset_mems', 'LIST', 'Use memory of these nodes only', '0'),
  single('pids-limit', 'pids_limit', 'NUMBER', 'Limit the number of its processes', '200'),
  single('blkio-weight', 'blkio_weight', '10-1000', 'Relative weight of its disk access', '300'),
  list(
    'blkio-weight-device',
    'blkio_weight_devices',
    'DEVICE:10-1000',
    'Relative weight of its access to a disk',
    '/dev/sda:300',
  ),
  list(
    'device-read-bps',
    'device_read_bps',
    'DEVICE:AMOUNT',
    'Limit what it reads from a disk in a second',
    '/dev/sda:10m',
  ),
  list(
    'device-read-iops',
    'device_read_iops',
    'DEVICE:NUMBER',
    'Limit its reads of a disk in a second',
    '/dev/sda:1000',
  ),
  list(
    'device-write-bps',
    'device_write_bps',
    'DEVICE:AMOUNT',
    'Limit what it writes to a disk in a second',
    '/dev/sda:10m',
  ),
  list(
    'device-write-iops',
    'device_write_iops',
    'DEVICE:NUMBER',
    'Limit its writes to a disk in a second',
    '/dev/sda:1000',
  ),
  pairs('storage-opt', 'storage_options', 'KEY=VALUE', "Set an option of the engine's storage", 'size=20G'),
  single(
    'oom-score-adj',
    'oom_score_adj',
    '-1000-1000',
    'How readily the kernel ends it when memory is short',
    '-500',
  ),
  pairs('label', 'labels', 'KEY=VALUE', 'Set a label', 'team=shop'),
  pairs('annotation', 'annotations', 'KEY=VALUE', 'Set an OCI annotation', 'run.oci.keep_original_groups=1'),
  single('workdir', 'working_dir', 'PATH', 'Directory that its command starts in', '/srv'),
  list('group-add', 'group_add', 'GROUP', 'Give its user another group', 'video'),
  single('stop-signal', 'stop_signal', 'SIGNAL', 'Signal that tells it to stop', 'SIGQUIT'),
  single('log-driver', 'log_driver', 'DRIVER', "The engine's own log", 'json-file'),
  pairs('log-opt', 'log_options', 'KEY=VALUE', "Set an option of the engine's own log", 'max-size=50m'),
  single('platform', 'platform', 'OS/ARCH', 'Architecture of its image', 'linux/amd64'),
  {
    ...single('runtime', 'runtime', 'NAME', 'Run it with another OCI runtime', 'runc'),
    only: { engine: 'docker', reason: 'Podman reads its runtime from containers.conf(5)' },
  },
  single('cgroup-parent', 'cgroup_parent', 'SLICE', 'Put it below another slice than its app', 'batch.slice'),
];

/** The option of a flag; undefined for what the table does not have. */
export function runOption(flag: string): RunOption | undefined {
  return runOptions.find((each) => each.flag === flag);
}
