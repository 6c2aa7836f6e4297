import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';

const folder = '/srv/bench-watch';
const staged = '/srv/bench-staged';
const unit = 'bench-watch';
const apps = 1000;
const changes = 8;
const idleSeconds = 60;
const many = 10_000;

/** A thousand apps that are not started, under gear watch: what a change takes, many at once, and what rest costs. */
export async function benchWatch(host: Host): Promise<string> {
  await writeApps(host, staged, apps);
  const applyMs = await timed(host, `${gear} apply ${staged} --no-start --yes`);
  await clear(host);

  await writeApps(host, folder, 1);
  await watch(host, folder, 1);
  const reloadsBefore = await reloads(host);
  const togetherMs = await timed(
    host,
    `cp ${staged}/* ${folder}/; until [ "$(${applied} | sort -u | wc -l)" -ge ${String(apps)} ]; do sleep 0.1; done`,
  );
  const together = (await reloads(host)) - reloadsBefore;
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const { stdout } = await host.exec(['node', '-e', changeOne, `${folder}/k7.yaml`, String(change)]);
    times.push(Number(stdout));
  }
  const rest = await atRest(host);
  await clear(host);

  await writeApps(host, folder, many);
  const startMs = await timed(
    host,
    `systemd-run --quiet --unit=${unit} ${notifying} ${gear} watch ${folder} --no-start`,
  );
  await clear(host);

  const sorted = times.toSorted((a, b) => a - b);
  return [
    line(`one of ${String(apps)} apps changed, until Reload is asked for (min)`, sorted[0] ?? NaN, 'ms', 250),
    line('the same (median)', sorted[Math.floor(sorted.length / 2)] ?? NaN, 'ms'),
    line("systemd's own time for that Reload", await reloadMs(host), 'ms'),
    line(`${String(apps)} files at once, in times of gear apply`, togetherMs / applyMs, '×', 1.2),
    line('reloads for these', together, '', 1),
    line(`start with ${String(many)} files, until all are read`, startMs / 1000, 's', 3),
    line('resident memory at rest', rest.mebibytes, 'MiB', 150),
    line('processor time at rest', rest.percent, '%', 0.2),
    line('wake-ups of the main thread at rest', rest.wakes, 'a second', 1),
  ].join('\n');
}

/** systemd-run(1) returns when the watch has told that it has read all files. */
const notifying = '--property=Type=notify --property=NotifyAccess=all';
const applied = `journalctl --unit=${unit} --output=cat | grep ' applied$'`;

async function watch(host: Host, watched: string, count: number): Promise<void> {
  await host.sh(`systemd-run --quiet --unit=${unit} ${gear} watch ${watched} --no-start`);
  await host.waitFor(['sh', '-c', `test $(${applied} | wc -l) -ge ${String(count)}`], { timeoutMs: 300_000 });
}

async function writeApps(host: Host, into: string, count: number): Promise<void> {
  await host.exec(['node', '-e', writeFiles, into, String(count), sleepImage().tag], { timeoutMs: 60_000 });
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

async function atRest(
  host: Host,
): Promise<{ readonly mebibytes: number; readonly percent: number; readonly wakes: number }> {
  const pid = await host.sh(`systemctl show --property=MainPID --value ${unit}`);
  // The heap that the start needed is given back when it has been idle for a while.
  await host.sh('sleep 20', { timeoutMs: 60_000 });
  const [ticks = NaN, wakes = NaN] = (await host.sh(spent(pid))).split(' ').map(Number);
  await host.sh(`sleep ${String(idleSeconds)}`, { timeoutMs: 2 * idleSeconds * 1000 });
  const [ticksAfter = NaN, wakesAfter = NaN] = (await host.sh(spent(pid))).split(' ').map(Number);
  const kibibytes = Number(await host.sh(`awk '/VmRSS/ {print $2}' /proc/${pid}/status`));
  return {
    mebibytes: kibibytes / 1024,
    percent: (ticksAfter - ticks) / idleSeconds,
    wakes: (wakesAfter - wakes) / idleSeconds,
  };
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
    podman images --noheading --format '{{.Repository}}:{{.Tag}}' | grep '^gear.local/' | xargs -r podman untag ${sleepImage().tag}
    systemctl daemon-reload
    journalctl --rotate --vacuum-time=1s --quiet`,
    { timeoutMs: 120_000 },
  );
}

function line(what: string, found: number, unitName: string, limit?: number): string {
  const verdict = limit === undefined ? '' : `limit ${String(limit)}  ${found <= limit ? 'met' : 'NOT MET'}`;
  return `${what.padEnd(60)}${found.toFixed(2).padStart(10)} ${unitName.padEnd(9)}${verdict}`.trimEnd();
}

/** Clock ticks, a hundredth of a second each, and how often the main thread went to sleep by itself. */
function spent(pid: string): string {
  return `echo $(awk '{print $14 + $15}' /proc/${pid}/stat) $(awk '/^voluntary/ {print $2}' /proc/${pid}/status)`;
}

const writeFiles = `
  const [, folder, count, image] = process.argv;
  const fs = require('node:fs');
  fs.mkdirSync(folder, { recursive: true });
  for (let at = 1; at <= Number(count); at++)
    fs.writeFileSync(folder + '/k' + at + '.yaml',
      'name: k' + at + '\\nengine: podman\\ncontainers:\\n  s: {image: "' + image + '", network_mode: host, env: {V: "0"}}\\n');`;

/**
 * Writes one descriptor, and tells how many milliseconds later the link to the current generation was swapped, which is
 * right before the Reload is asked for.
 */
const changeOne = `
  const [, file, value] = process.argv;
  const fs = require('node:fs');
  const text = fs.readFileSync(file, 'utf8').replace(/V: "[^"]*"/, 'V: "change-' + value + '"');
  const before = fs.readlinkSync('/etc/gear/current');
  // One that comes within a second of the last is waited with.
  setTimeout(() => {
    const began = Date.now();
    fs.writeFileSync(file, text);
    const look = setInterval(() => {
      if (fs.readlinkSync('/etc/gear/current') === before) return;
      clearInterval(look);
      console.log(String(fs.lstatSync('/etc/gear/current').ctimeMs - began));
    }, 20);
  }, 3000);`;
