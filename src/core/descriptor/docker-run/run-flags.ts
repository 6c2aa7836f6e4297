/** A flag of `docker run` or `podman run`, and what becomes of it. */
interface RunFlag {
  readonly short?: string;
  readonly kind: 'switch' | 'value';
  /** The flag of install that it is; its own name where there is one. */
  readonly to?: string;
  /** It is left out, and this says why that changes nothing. */
  readonly leftOut?: string;
  /** It is refused, and this says what to do instead. */
  readonly instead?: string;
}

const background = 'systemd runs containers in the background';
const terminal = 'nobody is at a terminal of a unit';

function leftOut(kind: RunFlag['kind'], why: string, short?: string): RunFlag {
  return { kind, leftOut: why, ...(short === undefined ? {} : { short }) };
}

function refused(kind: RunFlag['kind'], instead: string, short?: string): RunFlag {
  return { kind, instead, ...(short === undefined ? {} : { short }) };
}

/**
 * The flags of `docker run` (28) and `podman run` (5) that are no flags of install by the same name, with the number of
 * words that each takes: without it the image could not be found in the line.
 */
export const runFlags: Readonly<Record<string, RunFlag>> = {
  detach: leftOut('switch', background, 'd'),
  interactive: leftOut('switch', terminal, 'i'),
  tty: leftOut('switch', terminal, 't'),
  rm: leftOut('switch', 'gear rm removes a container'),
  attach: leftOut('value', 'gear logs -f shows what it writes', 'a'),
  'sig-proxy': leftOut('switch', 'signals reach it through systemd'),
  'detach-keys': leftOut('value', terminal),
  quiet: leftOut('switch', 'the progress goes to stderr', 'q'),
  replace: leftOut('switch', 'install replaces what has the name'),
  'no-hosts': refused('switch', 'leave it out, or mount a hosts file of your own'),
  name: { kind: 'value', to: 'name' },
  pull: { kind: 'value', to: 'pull' },
  'health-start-interval': refused('value', 'leave it out: until it is ready gear checks every half second'),
  'health-on-failure': refused('value', 'leave it out: gear status shows it, and gear watch starts it again'),
  'health-startup-cmd': refused('value', 'use --health-cmd: gear waits for its first success'),
  'publish-all': refused('switch', 'name the ports: --publish HOST:CONTAINER', 'P'),
  'volumes-from': refused('value', 'name the volumes: --volume NAME:/PATH'),
  'volume-driver': refused('value', 'declare the volume in a descriptor, under volumes'),
  link: refused('value', 'put both on one network: --network NAME --network-alias ALIAS'),
  'link-local-ip': refused('value', 'use --ip'),
  domainname: refused('value', 'put it into the name: --hostname web.example.com'),
  cidfile: refused('value', 'leave it out: systemd knows the unit, and the engine the label gear.name'),
  pidfile: refused('value', 'leave it out: systemctl show --property=MainPID'),
  'conmon-pidfile': refused('value', 'leave it out: systemctl show --property=MainPID'),
  'label-file': refused('value', 'write its labels: --label KEY=VALUE'),
  'env-host': refused('switch', 'name the variables: --env KEY'),
  'env-merge': refused('value', 'write the whole value: --env KEY=VALUE'),
  unsetenv: refused('value', 'set it to nothing: --env KEY='),
  'oom-kill-disable': refused('switch', 'cgroup v2 has no such switch: use --oom-score-adj -1000'),
  'memory-swappiness': refused('value', 'cgroup v2 has no such value: use --memory-swap'),
  'kernel-memory': refused('value', 'the kernel no longer has it: use --memory'),
  'cpu-rt-period': refused('value', 'cgroup v2 has no real-time quota: use --cpus'),
  'cpu-rt-runtime': refused('value', 'cgroup v2 has no real-time quota: use --cpus'),
  'cpu-count': refused('value', 'this is for Windows: use --cpus'),
  'cpu-percent': refused('value', 'this is for Windows: use --cpus'),
  'io-maxbandwidth': refused('value', 'this is for Windows'),
  'io-maxiops': refused('value', 'this is for Windows'),
  isolation: refused('value', 'this is for Windows'),
  'disable-content-trust': leftOut('switch', 'gear runs the image by the ID that it resolved'),
  'use-api-socket': refused('switch', 'mount it: --volume /run/docker.sock:/run/docker.sock'),
  'security-label': refused('value', 'use --security-opt label=…'),
  systemd: refused('value', 'leave it out: an image whose command is systemd is run as such'),
  sdnotify: refused('value', 'leave it out: gear tells systemd when it runs'),
  cgroups: refused('value', 'leave it out: it runs in the cgroup of its unit'),
  pod: refused('value', 'use --network container:NAME for what shares a network'),
  timeout: refused('value', 'use --service RuntimeMaxSec=SECONDS'),
  umask: refused('value', 'set it in the command: sh -c "umask …"'),
  tz: refused('value', 'use --env TZ=…'),
  authfile: refused('value', 'log in first: gear registry login REGISTRY'),
  'tls-verify': refused('switch', 'name the registry as insecure in registries.conf(5)'),
  arch: refused('value', 'use --platform OS/ARCH'),
  os: refused('value', 'use --platform OS/ARCH'),
  variant: refused('value', 'use --platform OS/ARCH/VARIANT'),
  'http-proxy': leftOut('switch', 'gear never passes the proxy of a shell on'),
  'read-only-tmpfs': refused('switch', 'write what it needs: --tmpfs /tmp'),
  'image-volume': refused('value', 'leave it out: gear makes a named volume of each VOLUME'),
  'init-path': refused('value', 'leave it out: --init takes that of the engine'),
  passwd: refused('switch', 'leave it out'),
  'preserve-fds': refused('value', 'leave it out: a unit has no files open'),
  rootfs: refused('switch', 'give an image'),
};
