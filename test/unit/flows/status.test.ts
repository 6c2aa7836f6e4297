import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

const unit = 'ctr-web.service';
let host: MemoryHost;

beforeEach(async () => {
  host = new MemoryHost();
  host.docker.images.add('web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
});

async function problems(): Promise<readonly string[]> {
  const status = await statusOf(contextOn(host), ['web']);
  if (!status.ok) throw new Error(status.failures[0]?.message);
  return status.value.flatMap((row) => row.problems.map(({ message, next }) => `${message} → ${next}`));
}

/** What systemd says between the end of a process and its next start. */
function waitsForRestart(restarts: number): void {
  const before = host.init.units.bind(host.init);
  host.init.units = async (names) =>
    (await before(names)).map((state) => ({
      ...state,
      ...{ activeState: 'activating', subState: 'auto-restart', restarts },
      ...{ execMainCode: 1, execMainStatus: 137 },
    }));
}

test('what runs has no problem', async () => {
  expect(await problems()).toEqual([]);
});

test('a first end is no crash loop yet', async () => {
  waitsForRestart(0);
  expect(await problems()).toEqual([
    'it ended (exit status 137), and systemd starts it again → gear logs web',
  ]);
});

test('a container that was restarted before and waits again is a crash loop', async () => {
  waitsForRestart(2);
  expect(await problems()).toEqual(['crash loop: restarted 2 times, last exit status 137 → gear logs web']);
});

test('a container that is down while its restart waits for another was stopped by nobody', async () => {
  await host.init.stop(unit);
  const before = host.init.list.bind(host.init);
  host.init.list = async (patterns) => [
    ...(await before(patterns)).filter((each) => each.unit !== unit),
    { unit, loadState: 'loaded', activeState: 'inactive', subState: 'dead', job: 'start' },
  ];
  expect(await problems()).toEqual([]);
});

test('a container that a person stopped is told as such', async () => {
  await host.init.stop(unit);
  expect(await problems()).toEqual([`somebody stopped ${unit} → gear start web`]);
});

test('a container that stopped with its engine is nobody’s doing', async () => {
  await host.init.stop(unit);
  host.docker.up = false;
  expect(await problems()).toEqual([
    'docker did not answer, its containers were not looked at → systemctl start docker; why it does not run: journalctl -u docker -n 50',
  ]);
});

test('a container whose check fails after it was ready is not ready any more', async () => {
  const checked = { engine: 'docker', flags: { 'health-cmd': ['true'] } } as const;
  await run(host, installing(['web:1', 'web'], checked));
  expect(await problems()).toEqual([]);
  const name = host.docker.containers.all().find(({ running }) => running)?.name ?? '';
  host.docker.containers.check(name, false);
  expect(await problems()).toEqual(['it runs, but its health check does not pass → gear logs web']);
  host.docker.containers.check(name, true);
  expect(await problems()).toEqual([]);
});
