import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';
import {
  atRest,
  changeMany,
  changeOne,
  footprint,
  heapOptions,
  residentMebibytes,
  writeApps,
} from './watch-on-host.ts';

const folder = '/srv/bench-watch';
const staged = '/srv/bench-staged';
const unit = 'bench-watch';
const image = sleepImage().tag;
const apps = 1000;
const changes = 8;
const idleSeconds = 60;
const many = 10_000;
/** By then everything is compiled and every cache is full. */
const warmUp = 2_000;
const growing = 10_000;

/**
 * A thousand apps that are not started, under gear watch: what changes take, what rest costs, and what stays behind. Each
 * figure is printed when it is known.
 */
export async function benchWatch(host: Host): Promise<string> {
  await benchStart(host);
  await writeApps(host, staged, apps, image);
  const applyMs = await timed(host, `${gear} apply ${staged} --no-start --yes`);
  tell(`gear apply of ${String(apps)} apps`, applyMs / 1000, 's');
  await clear(host);

  await writeApps(host, folder, 1, image);
  await watch(host, 1);
  const reloadsBefore = await reloads(host);
  const togetherMs = await timed(
    host,
    `cp ${staged}/* ${folder}/; until [ "$(${applied} | sort -u | wc -l)" -ge ${String(apps)} ]; do sleep 0.1; done`,
  );
  tell('the same files at once under a watch, in times of that', togetherMs / applyMs, '×', 1.2);
  tell('reloads for these', (await reloads(host)) - reloadsBefore, '', 1);

  const times: number[] = [];
  for (let change = 0; change < changes; change += 1)
    times.push(await changeOne(host, `${folder}/k7.yaml`, String(change)));
  const sorted = times.toSorted((a, b) => a - b);
  tell('one of these apps changed, until Reload is asked for (min)', sorted[0], 'ms', 250);
  tell('the same (median)', sorted[Math.floor(sorted.length / 2)], 'ms', 250);
  tell("systemd's own time for that Reload", await reloadMs(host), 'ms');

  // V8 collects for about a minute what a start and changes left, and gives it back: that is not rest yet.
  await host.sh('sleep 60', { timeoutMs: 90_000 });
  const rest = await atRest(host, unit, idleSeconds);
  tell('resident memory at rest', rest.mebibytes, 'MiB', 150);
  tell('the most that it was until then', await residentMebibytes(host, unit, 'VmHWM'), 'MiB');
  tell('processor time at rest, with what it started', rest.percent, '%', 0.2);
  tell('wake-ups at rest, of all its threads', rest.wakes, 'a second', 1);
  tell("wake-ups of what it started: the engines' events, its lock", rest.wakesOfOthers, 'a second');
  await benchGrowth(host);
  await clear(host);
  return '';
}

async function benchStart(host: Host): Promise<void> {
  await writeApps(host, folder, many, image);
  const startMs = await timed(
    host,
    `systemd-run --quiet --unit=${unit} ${notifying} ${gear} watch ${folder} --no-start`,
  );
  tell(`start with ${String(many)} files, until all are read`, startMs / 1000, 's', 3);
  await clear(host);
}

async function benchGrowth(host: Host): Promise<void> {
  await changeMany(host, folder, apps, warmUp);
  const early = await footprint(host, unit);
  await changeMany(host, folder, apps, growing);
  const late = await footprint(host, unit);
  const times = late.heapMebibytes / early.heapMebibytes;
  tell(`held heap after ${String(growing)} changes, in times of before`, times, '×', 1.1);
  tell('the same of resident memory', late.mebibytes / early.mebibytes, '×');
  tell('open files more than before', late.files - early.files, '', 0);
}

/** systemd-run(1) returns when the watch has told that it has read all files. */
const notifying = '--property=Type=notify --property=NotifyAccess=all';
const applied = `journalctl --unit=${unit} --output=cat | grep ' applied$'`;

async function watch(host: Host, count: number): Promise<void> {
  await host.sh(
    `systemd-run --quiet --unit=${unit} --setenv=NODE_OPTIONS='${heapOptions}' ${gear} watch ${folder} --no-start`,
  );
  await host.waitFor(['sh', '-c', `test $(${applied} | wc -l) -ge ${String(count)}`], { timeoutMs: 300_000 });
}

/** Milliseconds that a script takes on the host. */
async function timed(host: Host, script: string): Promise<number> {
  const { stdout } = await host.exec(
    [
      'bash',
      '-c',
      `began=$(date +%s%N); ${script} >/dev/null; echo $(( ($(date +%s%N) - began) / 1000000 ))`,
    ],
    { timeoutMs: 900_000 },
  );
  return Number(stdout);
}

/** systemd writes `Reloading...` for each reload, and another line when that is over. */
async function reloads(host: Host): Promise<number> {
  return Number(
    await host.sh(
      `journalctl --sync; journalctl -b -q -o cat _PID=1 | grep -c '^Reloading\\.\\.\\.' || true`,
    ),
  );
}

async function reloadMs(host: Host): Promise<number> {
  return timed(host, 'systemctl daemon-reload');
}

/** Ends the watch, and takes all that it made away, as nobody but a benchmark may: without gear. */
async function clear(host: Host): Promise<void> {
  await host.sh(
    `
    systemctl kill --signal=SIGKILL ${unit} 2>/dev/null || true
    systemctl stop ${unit} 2>/dev/null || true
    systemctl reset-failed ${unit} 2>/dev/null || true
    rm -rf ${folder} /etc/gear/generations /etc/gear/current /var/lib/gear/watch.json
    find /etc/systemd/system -name 'ctr-*' -delete
    podman images --noheading --format '{{.Repository}}:{{.Tag}}' | grep '^gear.local/' | xargs -r podman untag ${image}
    systemctl daemon-reload
    journalctl --rotate --vacuum-time=1s --quiet`,
    { timeoutMs: 900_000 },
  );
}

function tell(what: string, found: number | undefined, unitName: string, limit?: number): void {
  const number = found ?? NaN;
  const verdict = limit === undefined ? '' : `limit ${String(limit)}  ${number <= limit ? 'met' : 'NOT MET'}`;
  console.log(
    `${what.padEnd(62)}${number.toFixed(2).padStart(10)} ${unitName.padEnd(9)}${verdict}`.trimEnd(),
  );
}
