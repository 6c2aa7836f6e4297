import type { Host } from '../ports/host.ts';

/** What the kernel has counted of a cgroup (cgroup v2). Null for what is not accounted there. */
export interface CgroupCounters {
  readonly cpuUs: number | null;
  readonly memoryBytes: number | null;
  /** Null: no limit. */
  readonly limitBytes: number | null;
}

const root = '/sys/fs/cgroup';
const counters = ['cpu.stat', 'memory.current', 'memory.max'] as const;

/** The cgroups that engines made for containers: Docker's by ID, Podman's by the cgroup of the unit that it is in. */
export async function containerCgroups(host: Pick<Host, 'run'>): Promise<ReadonlyMap<string, string>> {
  const named = [
    '-name',
    'docker-*.scope',
    '-o',
    '-name',
    'libpod-payload-*',
    '-o',
    '-regex',
    '.*/[0-9a-f]+',
  ];
  const { stdout } = await host.run(['find', root, '-type', 'd', '(', ...named, ')', '-prune', '-print']);
  return parseCgroups(stdout);
}

/** The paths that find(1) printed, with either cgroup driver of Docker. */
export function parseCgroups(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, unit, prefix, id] =
        /^(.*)\/(docker-|libpod-payload-)?([0-9a-f]{64})(?:\.scope)?$/.exec(line) ?? [];
      const key = prefix === 'libpod-payload-' ? unit : id;
      return key === undefined ? [] : [[key, line] as const];
    }),
  );
}

/** The path of the cgroup that systemd tells of a unit. */
export function cgroupPath(controlGroup: string): string {
  return `${root}${controlGroup}`;
}

/** Reads the counters of all the cgroups by one process: on a host over SSH each file would be a round trip. */
export async function readCounters(
  host: Pick<Host, 'run'>,
  cgroups: readonly string[],
): Promise<ReadonlyMap<string, CgroupCounters>> {
  if (cgroups.length === 0) return new Map();
  const files = cgroups.flatMap((cgroup) => counters.map((name) => `${cgroup}/${name}`));
  const { stdout } = await host.run(['grep', '-sHE', '^(usage_usec )?[0-9]+$', ...files]);
  return parseCounters(stdout);
}

/** Lines `CGROUP/FILE:VALUE`, as grep -H prints them. */
export function parseCounters(text: string): ReadonlyMap<string, CgroupCounters> {
  const found = new Map<string, CgroupCounters>();
  for (const line of text.split('\n')) {
    const [, cgroup, file, digits] = /^(.+)\/([a-z.]+):(?:usage_usec )?(\d+)$/.exec(line) ?? [];
    if (cgroup === undefined) continue;
    const value = Number(digits);
    const before = found.get(cgroup) ?? { cpuUs: null, memoryBytes: null, limitBytes: null };
    found.set(cgroup, {
      ...before,
      ...(file === 'cpu.stat' ? { cpuUs: value } : {}),
      ...(file === 'memory.current' ? { memoryBytes: value } : {}),
      ...(file === 'memory.max' ? { limitBytes: value } : {}),
    });
  }
  return found;
}
