import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { farAway } from '../lab/relay.ts';
import { gear } from './gear.ts';
import { measure, type Candidate } from './measure.ts';
import type { Stopwatch } from './stopwatch.ts';
import { atMost, format } from './table.ts';

const descriptor = '/srv/bench-hosts.yaml';
const containers = 100;
const roundTripMs = 50;
const countingMs = 400;
const image = sleepImage().tag;

/** ssh(1) ends the connections that gear keeps: what comes next has to connect. */
const disconnect = [
  'sh',
  '-c',
  'for each in /tmp/gear-0/*; do [ ! -S "$each" ] || ssh -S "$each" -O exit host 2>/dev/null; done',
];

/** Several hosts in one command, near and far, and a look at many. */
export async function benchHosts(
  host: Host,
  stopwatch: Stopwatch,
  { far, light }: { readonly far: readonly Host[]; readonly light: readonly Host[] },
): Promise<string> {
  for (const each of far) await loadImages(each, 'docker', [sleepImage()]);
  const tables = [
    await benchNothing(host, stopwatch, far),
    await benchSlow(host, stopwatch, far),
    await benchInstall(host, stopwatch, far),
    await benchMany(host, stopwatch, light),
  ];
  return tables.join('\n');
}

/** A descriptor of a hundred containers that every host has already. */
async function benchNothing(host: Host, stopwatch: Stopwatch, far: readonly Host[]): Promise<string> {
  const list = Array.from({ length: containers }, (_, at) => `  c${String(at)}: {image: "${image}"}\n`);
  const text = `name: bench\nengine: docker\ncontainers:\n${list.join('')}`;
  await host.exec(['sh', '-c', `cat >${descriptor}`], { input: text });
  const names = far.map(({ name }) => name);
  const connecting = { name: 'nothing to do, 3 hosts × 100', argv: apply(names), after: disconnect };
  const bare = { name: 'ssh HOST true, 3 at once', argv: atOnce(names) };
  await host.exec(apply(names), { timeoutMs: 600_000 });
  await host.exec(disconnect);
  const of = await measure(stopwatch, [bare, connecting], 6);
  const limit = { ms: 1000, because: 'whole process, connecting included' };
  return format([
    {
      what: connecting.name,
      measured: of(connecting.name),
      to: { name: bare.name, measured: of(bare.name) },
      limit,
    },
  ]);
}

/** One container on three hosts against one on each of them; the hosts of a lab share the processors of one machine. */
async function benchInstall(host: Host, stopwatch: Stopwatch, far: readonly Host[]): Promise<string> {
  const on = (names: readonly string[]): Candidate => {
    const targets = names.map((name) => `${name}/one`);
    return {
      name: `install on ${names.join(', ')}`,
      argv: [gear, 'install', image, ...targets, '--engine', 'docker'],
      after: [gear, 'rm', ...targets],
    };
  };
  // What the machine has for it, without gear: three hosts that work at the same time share its processors.
  const runOn = (names: readonly string[]): Candidate => ({
    name: `docker run over ssh on ${names.join(', ')}`,
    argv: atOnce(names, `docker run --detach --name bench-run ${image}`),
    after: atOnce(names, 'docker rm --force bench-run'),
  });
  const names = far.map(({ name }) => name);
  const rows = [];
  for (const candidateOn of [on, runOn]) {
    const single = names.map((name) => candidateOn([name]));
    const all = candidateOn(names);
    const of = await measure(stopwatch, [...single, all], 6);
    const [to] = single
      .map(({ name }) => ({ name, measured: of(name) }))
      .toSorted((a, b) => b.measured.minMs - a.measured.minMs);
    if (to === undefined) throw new Error('no host to install on');
    rows.push({ what: all.name, measured: of(all.name), ...(candidateOn === on ? atMost(1.2, to) : { to }) });
  }
  return format(rows);
}

/**
 * The same nothing where each round trip takes its time. How many there are, one after the other, is told by a much
 * longer one: on a busy machine work hides behind short ones.
 */
async function benchSlow(host: Host, stopwatch: Stopwatch, far: readonly Host[]): Promise<string> {
  const names = far.map(({ name }) => name);
  const relays = await Promise.all(
    [roundTripMs, countingMs].flatMap((ms, set) =>
      far.map((to, at) =>
        farAway(host, { to, roundTripMs: ms, alias: `${String(ms)}-${to.name}`, port: 2201 + 10 * set + at }),
      ),
    ),
  );
  try {
    const away = (ms: number): Candidate => ({
      name: `the same, ${String(ms)} ms away`,
      argv: apply(names.map((name) => `${String(ms)}-${name}`)),
    });
    const near = { name: 'nothing to do, open connections', argv: apply(names) };
    const [slow, slowest] = [away(roundTripMs), away(countingMs)];
    const of = await measure(stopwatch, [near, slow, slowest], 4);
    const to = { name: near.name, measured: of(near.name) };
    const limit = { ms: to.measured.minMs + 2 * roundTripMs, because: 'two round trips more' };
    const lossy = { ...slow, name: `${slow.name}, every fifth packet lost` };
    const ofLossy = await losingPackets(far, () => measure(stopwatch, [lossy], 4));
    const trips = (of(slowest.name).minMs - to.measured.minMs) / countingMs;
    const table = format([
      { what: slow.name, measured: of(slow.name), to, limit },
      { what: lossy.name, measured: ofLossy(lossy.name), to: { name: slow.name, measured: of(slow.name) } },
    ]);
    return `${table}\nround trips, one after the other: ${trips.toFixed(1)}`;
  } finally {
    await Promise.all(relays.map((relay) => relay.end()));
  }
}

/** Does the work while every fifth packet to sshd of the hosts is lost. */
async function losingPackets<T>(hosts: readonly Host[], work: () => Promise<T>): Promise<T> {
  const drop = 'INPUT -p tcp --dport 22 -m statistic --mode random --probability 0.2 -j DROP';
  await Promise.all(hosts.map((each) => each.sh(`iptables -I ${drop}`)));
  try {
    return await work();
  } finally {
    await Promise.all(hosts.map((each) => each.sh(`iptables -D ${drop}`)));
  }
}

/** Each of the few hosts with systemd and sshd only stands for ten: a name and a connection each. */
async function benchMany(host: Host, stopwatch: Stopwatch, light: readonly Host[]): Promise<string> {
  const names = await aliases(host, light);
  const argv = [gear, 'ls', ...onHosts(names)];
  const list = { name: `gear ls of ${String(names.length)} hosts`, argv, after: disconnect };
  const bare = { name: 'ssh HOST true, as many at once', argv: atOnce(names) };
  const of = await measure(stopwatch, [bare, list], 4);
  const env = { NODE_OPTIONS: '--require=/opt/bench/peak-memory.cjs' };
  const { stderr } = await host.exec(argv, { env });
  const peakMb = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
  const table = format([
    {
      what: list.name,
      measured: of(list.name),
      to: { name: bare.name, measured: of(bare.name) },
      limit: { ms: 2000, because: 'whole process, connecting included' },
    },
  ]);
  return `${table}\nmemory of gear at its peak: ${peakMb.toFixed(0)} MB  limit 120  ${peakMb <= 120 ? 'met' : 'NOT MET'}`;
}

async function aliases(host: Host, light: readonly Host[]): Promise<readonly string[]> {
  const names = Array.from({ length: 20 }, (_, at) => `stand-in${String(at + 1)}`);
  const entries = names.map((name, at) => {
    const to = light[at % light.length];
    if (to === undefined) throw new Error('no host to stand in');
    return `Host ${name}\n  HostName ${to.address}\n  HostKeyAlias ${to.name}\n`;
  });
  await host.exec(['sh', '-c', 'cat >>/root/.ssh/config'], { input: entries.join('') });
  return names;
}

function apply(hosts: readonly string[]): readonly string[] {
  return [gear, 'apply', descriptor, '--no-start', '--yes', ...onHosts(hosts)];
}

function onHosts(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => ['--host', name]);
}

function atOnce(names: readonly string[], command = 'true'): readonly string[] {
  return ['sh', '-c', `${names.map((name) => `ssh -o BatchMode=yes ${name} ${command} &`).join(' ')} wait`];
}
