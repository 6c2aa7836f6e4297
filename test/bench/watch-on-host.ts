import type { Host } from '../lab/host.ts';
import { benchFolder } from './stopwatch.ts';

/** What a service of systemd costs while nothing happens. */
export interface Rest {
  /** Resident, of the main process. */
  readonly mebibytes: number;
  /** Of one processor, with whatever the service started. */
  readonly percent: number;
  /** How often a thread of the main process went to sleep by itself, a second; and one of what it started. */
  readonly wakes: number;
  readonly wakesOfOthers: number;
}

/** Measures a service at rest for so many seconds. */
export async function atRest(host: Host, unit: string, seconds: number): Promise<Rest> {
  const look = async (): Promise<{ micros: number; own: number; others: number }> => {
    const [micros = NaN, own = NaN, others = NaN] = (await host.sh(spent(unit))).split(' ').map(Number);
    return { micros, own, others };
  };
  const before = await look();
  await host.sh(`sleep ${String(seconds)}`, { timeoutMs: 2 * seconds * 1000 });
  const after = await look();
  return {
    mebibytes: await residentMebibytes(host, unit),
    percent: (100 * (after.micros - before.micros)) / 1e6 / seconds,
    wakes: (after.own - before.own) / seconds,
    wakesOfOthers: (after.others - before.others) / seconds,
  };
}

/** Of the main process of a service, as /proc/PID/status has it. */
export async function residentMebibytes(
  host: Host,
  unit: string,
  field: 'VmRSS' | 'VmHWM' = 'VmRSS',
): Promise<number> {
  return Number(await host.sh(`awk '/^${field}/ {print $2}' /proc/${mainPid(unit)}/status`)) / 1024;
}

/** What a long life may add to: open files, and what is still held of V8's heap. */
export async function footprint(
  host: Host,
  unit: string,
): Promise<{ readonly heapMebibytes: number; readonly files: number; readonly mebibytes: number }> {
  // V8 collects what nobody holds when a process has been idle for a while, and gives its pages back.
  await host.sh('sleep 30', { timeoutMs: 60_000 });
  const files = Number(await host.sh(`ls /proc/${mainPid(unit)}/fd | wc -l`));
  const mebibytes = await residentMebibytes(host, unit);
  const heapBytes = await host.sh(`
    rm -f ${heapFile}; kill -USR2 ${mainPid(unit)}
    until test -e ${heapFile}; do sleep 0.1; done; cat ${heapFile}`);
  return { heapMebibytes: Number(heapBytes) / 1024 ** 2, files, mebibytes };
}

/** As live-heap.cjs writes it. */
const heapFile = '/run/live-heap';

/** Options of Node with which a process tells what it holds when it is asked. */
export const heapOptions = `--require=${benchFolder}/live-heap.cjs`;

/** Writes so many descriptors, each an app of a sleeping container. */
export async function writeApps(host: Host, into: string, count: number, image: string): Promise<void> {
  await host.exec(['node', '-e', writeFiles, into, String(count), image], { timeoutMs: 60_000 });
}

/** Changes one file; milliseconds from its write until systemd was asked for a Reload, by systemd's own word. */
export async function changeOne(host: Host, file: string, value: string): Promise<number> {
  const { stdout } = await host.exec(['node', '-e', changeFile, file, value]);
  const request = await host.sh(
    `journalctl --sync; journalctl -b -o json _PID=1 --grep='^Reload(ing)? requested from client' -n 1`,
  );
  const { _SOURCE_REALTIME_TIMESTAMP: micros } = JSON.parse(request) as Record<string, string>;
  return Number(micros) / 1000 - Number(stdout);
}

/** Changes `count` files of those that are watched, five hundred at a time, and waits each time until all are applied. */
export async function changeMany(host: Host, folder: string, apps: number, count: number): Promise<void> {
  await host.exec(['node', '-e', changeFiles, folder, String(apps), String(count)], { timeoutMs: 3_600_000 });
}

function mainPid(unit: string): string {
  return `$(systemctl show --property=MainPID --value ${unit})`;
}

function spent(unit: string): string {
  return `
    main=${mainPid(unit)}
    group=/sys/fs/cgroup$(systemctl show --property=ControlGroup --value ${unit})
    slept() { cat "$@" 2>/dev/null | awk '/^voluntary/ {sum += $2} END {print sum + 0}'; }
    others=$(for pid in $(cat $group/cgroup.procs); do [ $pid = $main ] || echo /proc/$pid/task/*/status; done)
    echo $(awk '/^usage_usec/ {print $2}' $group/cpu.stat) $(slept /proc/$main/task/*/status) $(slept $others /dev/null)`;
}

const writeFiles = `
  const [, folder, count, image] = process.argv;
  const fs = require('node:fs');
  fs.mkdirSync(folder, { recursive: true });
  for (let at = 1; at <= Number(count); at++)
    fs.writeFileSync(folder + '/k' + at + '.yaml',
      'name: k' + at + '\\nengine: podman\\ncontainers:\\n  s: {image: "' + image + '", network_mode: host, env: {V: "0"}}\\n');`;

/** Prints when it wrote, and ends when the link to the current generation was swapped and systemd has read it. */
const changeFile = `
  const [, file, value] = process.argv;
  const fs = require('node:fs');
  const text = fs.readFileSync(file, 'utf8').replace(/V: "[^"]*"/, 'V: "change-' + value + '"');
  const loaded = () => fs.readFileSync('/run/gear/loaded', 'utf8');
  const before = loaded();
  // One that comes within a second of the last is waited with.
  setTimeout(() => {
    const began = performance.timeOrigin + performance.now();
    fs.writeFileSync(file, text);
    const look = setInterval(() => {
      if (loaded() === before) return;
      clearInterval(look);
      console.log(String(began));
    }, 50);
  }, 3000);`;

const changeFiles = `
  const [, folder, apps, count] = process.argv;
  const fs = require('node:fs');
  const http = require('node:http');
  const applied = () => new Promise((resolve, reject) => {
    http.get({ socketPath: '/run/gear/watch.sock', path: '/metrics' }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => resolve(Number(/^gear_watch_applied_total (\\d+)$/m.exec(text)[1])));
    }).on('error', reject);
  });
  (async () => {
    const batch = 500;
    const first = await applied();
    const stamp = String(Date.now());
    for (let done = 0; done < Number(count); done += batch) {
      for (let at = done; at < done + batch; at++) {
        const file = folder + '/k' + (at % Number(apps) + 1) + '.yaml';
        fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/V: "[^"]*"/, 'V: "' + stamp + '-' + done + '"'));
      }
      while (await applied() < first + done + batch) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();`;
