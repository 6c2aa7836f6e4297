import type { Host } from '../lab/host.ts';
import { gear } from './gear.ts';

const folder = '/srv/bench-push';
const layers = 9;
/** Hexadecimal text: half of it is left when it is compressed, as of a program. */
const layerBytes = 33_000_000;
const changedBytes = 8_000_000;
const slackBytes = 64 * 1024;

/** One layer of an image of 300 MB has changed: what travels to a host that has the image before, and how long it takes. */
export async function benchPush(host: Host, far: Host): Promise<string> {
  await host.sh(makeImages, { timeoutMs: 300_000 });
  const compressed = Number(await host.sh(`tar -c -C ${folder}/new app | gzip -c | wc -c`));
  await host.sh(`${gear} push bench-push:1 ${far.name}`, { timeoutMs: 300_000 });
  const rows: string[] = [];
  for (const [what, command, limit] of [
    ['gear push', `${gear} push bench-push:2 ${far.name}`, 1.1 * compressed + slackBytes],
    ['docker save | ssh docker load', `docker save bench-push:2 | ssh ${far.name} docker load`, undefined],
  ] as const) {
    const before = await receivedBytes(far);
    const began = performance.now();
    await host.sh(command, { timeoutMs: 300_000 });
    const ms = performance.now() - began;
    rows.push(row(what, (await receivedBytes(far)) - before, ms, limit));
    await far.sh('docker rmi bench-push:2');
  }
  await host.sh(`docker rmi bench-push:1 bench-push:2; rm -rf ${folder}`);
  await far.sh('docker rmi bench-push:1');
  return [`the changed layer of 300 MB, compressed: ${String(compressed)} bytes`, ...rows].join('\n');
}

function row(what: string, bytes: number, ms: number, limit: number | undefined): string {
  const verdict =
    limit === undefined ? '' : `limit ${limit.toFixed(0)}  ${bytes <= limit ? 'met' : 'NOT MET'}`;
  return `${what.padEnd(32)}${String(bytes).padStart(12)} bytes${ms.toFixed(0).padStart(8)} ms  ${verdict}`.trimEnd();
}

/** What came over the cable, answers of the ssh connection and all. */
async function receivedBytes(host: Host): Promise<number> {
  return Number(await host.sh('cat /sys/class/net/host0/statistics/rx_bytes'));
}

const noise = (bytes: number, to: string): string =>
  `head -c ${String(bytes / 2)} /dev/urandom | od -An -v -tx1 | tr -d ' \\n' >${to}`;

const makeImages = `
  mkdir -p ${folder}/old ${folder}/new
  cd ${folder}
  for layer in $(seq ${String(layers)}); do ${noise(layerBytes, 'old/$layer')}; done
  cp -l old/* new
  for each in old new; do
    ${noise(changedBytes, '$each/app')}
    { echo FROM sleep:1; for layer in $(seq ${String(layers)}); do echo "COPY $layer /$layer"; done; echo COPY app /app; } >$each/Dockerfile
  done
  export DOCKER_BUILDKIT=0
  docker build --quiet --tag bench-push:1 old
  docker build --quiet --tag bench-push:2 new`;
