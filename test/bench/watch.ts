import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';

const folder = '/srv/bench-watch';
const unit = 'bench-watch';
const apps = 1000;
const changes = 8;
const idleSeconds = 60;

/** A thousand apps that are not started, under gear watch: what a change takes, and what rest costs. */
export async function benchWatch(host: Host): Promise<string> {
  await host.exec(['node', '-e', writeApps, folder, String(apps), sleepImage().tag]);
  await host.exec([gear, 'apply', folder, '--no-start', '--yes'], { timeoutMs: 900_000 });
  await host.sh(`systemd-run --quiet --unit=${unit} ${gear} watch ${folder} --no-start`);
  const log = `journalctl --unit=${unit} --output=cat`;
  await host.waitFor(['sh', '-c', `test $(${log} | grep -c applied) -ge ${String(apps)}`], {
    timeoutMs: 300_000,
  });
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const { stdout } = await host.exec(['node', '-e', changeOne, `${folder}/k7.yaml`, String(change)]);
    times.push(Number(stdout));
  }
  const pid = await host.sh(`systemctl show --property=MainPID --value ${unit}`);
  // The heap that the start needed is given back when it has been idle for a while.
  await host.sh('sleep 20');
  const [ticks = NaN, wakes = NaN] = (await host.sh(spent(pid))).split(' ').map(Number);
  await host.sh(`sleep ${String(idleSeconds)}`, { timeoutMs: 2 * idleSeconds * 1000 });
  const [ticksAfter = NaN, wakesAfter = NaN] = (await host.sh(spent(pid))).split(' ').map(Number);
  const rss = Number(await host.sh(`awk '/VmRSS/ {print $2}' /proc/${pid}/status`)) / 1024;
  await host.sh(`
    systemctl stop ${unit}
    rm -rf ${folder} /etc/gear/generations /etc/gear/current /etc/systemd/system/ctr-* /var/lib/gear/watch.json
    systemctl daemon-reload`);
  const sorted = times.toSorted((a, b) => a - b);
  return [
    line(`one of ${String(apps)} apps changed, until it is declared (min)`, sorted[0] ?? NaN, 'ms', 250),
    line('the same (median)', sorted[Math.floor(sorted.length / 2)] ?? NaN, 'ms'),
    line('resident memory at rest', rss, 'MiB', 150),
    line('processor time at rest', (ticksAfter - ticks) / idleSeconds, '%', 0.2),
    line('wake-ups of the main thread at rest', (wakesAfter - wakes) / idleSeconds, 'a second', 1),
  ].join('\n');
}

function line(what: string, found: number, unitName: string, limit?: number): string {
  const verdict = limit === undefined ? '' : `limit ${String(limit)}  ${found <= limit ? 'met' : 'NOT MET'}`;
  return `${what.padEnd(56)}${found.toFixed(2).padStart(10)} ${unitName.padEnd(9)}${verdict}`.trimEnd();
}

/** Clock ticks, a hundredth of a second each, and how often the main thread went to sleep by itself. */
function spent(pid: string): string {
  return `echo $(awk '{print $14 + $15}' /proc/${pid}/stat) $(awk '/^voluntary/ {print $2}' /proc/${pid}/status)`;
}

const writeApps = `
  const [, folder, count, image] = process.argv;
  const fs = require('node:fs');
  fs.mkdirSync(folder, { recursive: true });
  for (let at = 1; at <= Number(count); at++)
    fs.writeFileSync(folder + '/k' + at + '.yaml',
      'name: k' + at + '\\nengine: podman\\ncontainers:\\n  s: {image: "' + image + '", network_mode: host, env: {V: "0"}}\\n');`;

/** Writes one descriptor, and tells how many milliseconds later the link to the current generation was swapped. */
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
