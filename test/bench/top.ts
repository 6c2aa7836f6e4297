import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';
import type { Count } from './table.ts';

const containers = 100;
const looks = 10;

/** What a look of `gear top` at a hundred running containers costs of a processor, with the processes that it starts. */
export async function countTop(host: Host): Promise<readonly Count[]> {
  const names = Array.from({ length: containers }, (_, at) => `top${String(at + 1)}`);
  await host.exec([gear, 'install', sleepImage().tag, ...names, '--engine', 'docker'], {
    timeoutMs: 300_000,
  });
  // The same start and first looks are in both: what is left is that of the looks between.
  const few = await cpuMs(host, 3);
  const many = await cpuMs(host, 3 + looks);
  await host.exec([gear, 'rm', ...names, '--volumes'], { timeoutMs: 300_000 });
  return [
    {
      what: 'gear top, a look at 100 containers: ms of CPU',
      found: Math.round((many - few) / looks),
      limit: 100,
    },
  ];
}

/** The processor time of a live `gear top` for so many seconds, one look each. */
async function cpuMs(host: Host, seconds: number): Promise<number> {
  const line = `timeout --foreground -s INT ${String(seconds)} ${gear} top --interval 1s`;
  const text = await host.sh(
    `bash -c 'TIMEFORMAT="%U %S"; time script -qec "${line}" /dev/null >/dev/null' 2>&1 | tail -1`,
  );
  return text
    .trim()
    .split(' ')
    .reduce((sum, part) => sum + Number(part) * 1000, 0);
}
