/** As many options of docker run as go together. */
export const options = [
  ...['--publish', '8301-8302:8001-8002', '--publish', '127.0.0.1:8303:8003/udp'],
  ...['--network', 'name=backend,alias=db,ip=10.77.0.5', '--hostname', 'box', '--add-host', 'old:10.0.0.5'],
  ...['--dns', '10.0.0.53', '--dns-search', 'example.com', '--dns-option', 'ndots:2', '--expose', '9000'],
  ...['--volume', 'flagged:/data', '--mount', 'type=bind,source=/etc/hostname,target=/host,readonly'],
  ...['--tmpfs', '/scratch:size=1m', '--read-only', '--shm-size', '32m'],
  ...[
    '--entrypoint',
    '/bin/stoppable',
    '--workdir',
    '/bin',
    '--user',
    '1000:1000',
    '--group-add',
    '44',
    '--init',
  ],
  ...['--label', 'team=shop', '--cap-drop', 'all', '--cap-add', 'CAP_NET_RAW'],
  ...['--security-opt', 'no-new-privileges', '--device', '/dev/null:/dev/void', '--ipc', 'private'],
  ...['--cgroupns', 'private', '--sysctl', 'net.core.somaxconn=512'],
  ...['--oom-score-adj', '100', '--ulimit', 'nofile=512:1024'],
  ...['--stop-signal', 'int', '--stop-timeout', '5', '--restart-sec', '3s', '--log-opt', 'max-size=1m'],
  ...['--description', 'All of it', '--slice', 'batch.slice', '--before', 'shutdown.target'],
  ...['--wants', 'time-sync.target', '--part-of', 'backup.target', '--conflicts', 'emergency.target'],
  ...['--condition-path-exists', '/etc/hostname', '--start-limit', '5/10m'],
  ...['--service', 'LogRateLimitBurst=5000'],
];

/** Conditions that every host of the lab meets. */
export const conditions = {
  'path-exists-glob': '/etc/host*',
  'path-is-directory': '/etc',
  'path-is-mount-point': '/proc',
  'path-is-read-write': '/tmp',
  'directory-not-empty': '/etc',
  'file-not-empty': '/etc/hostname',
  host: 'trixie',
  architecture: process.arch === 'x64' ? 'x86-64' : process.arch,
  virtualization: 'container',
  'kernel-command-line': '!gear.nothing',
  memory: '>=64M',
  cpus: '>=1',
  'ac-power': 'true',
};

/** Those that are of somebody else where the ones above are given. */
export const others = [
  ...['--network', 'backend', '--network-alias', 'second', '--ip', '10.77.0.9', '--ip6', 'fd00:77::9'],
  ...['--mac-address', '02:42:0a:4d:00:09', '--publish', '[::1]:8304:8004', '--env-file', '/root/flags.env'],
  ...['--mount', 'type=volume,source=flagged-too,target=/cache,readonly', '--platform', 'linux/amd64'],
  ...['--device-cgroup-rule', 'c 1:3 rwm', '--annotation', 'run.example=1', '--userns', 'host'],
  ...['--pid', 'host', '--uts', 'host', '--security-opt', 'seccomp=unconfined'],
  ...['--security-opt', 'label=disable', '--security-opt', 'apparmor=unconfined'],
];

/** An entrypoint of one's own takes the image's command away. */
export const command = ['--', 'sleep', '2147483647'];

/** For a kernel that keeps them. */
export const limits = [
  ...['--memory', '64m', '--memory-swap', '128m', '--memory-reservation', '32m', '--cpus', '0.5'],
  ...['--cpuset-cpus', '0', '--cpuset-mems', '0', '--cpu-shares', '512', '--pids-limit', '50'],
];
