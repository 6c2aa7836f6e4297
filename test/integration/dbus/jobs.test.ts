import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectSystemd } from '../../../src/adapters/systemd/local.ts';
import type { Systemd } from '../../../src/ports/systemd.ts';
import { FakeSystemd } from './fake-systemd.ts';
import { Peer } from './peer.ts';
import { PrivateBus } from './private-bus.ts';

const UNIT = 'ctr-web.service';

let daemon: PrivateBus;
let fake: FakeSystemd;
let systemd: Systemd;

beforeEach(async () => {
  daemon = await PrivateBus.start();
  fake = await FakeSystemd.start(daemon.address);
  systemd = await connectSystemd({ address: daemon.address });
});

afterEach(async () => {
  systemd.close();
  fake.peer.close();
  await daemon.stop();
});

const failedWith = (code: string, message: unknown = expect.any(String)) => ({
  failures: [{ code, message, subject: UNIT }],
});

test('a result that comes before the reply which names the job is not missed', async () => {
  expect(await systemd.start(UNIT)).toBe('done');
  expect(await systemd.stop(UNIT, { mode: 'fail' })).toBe('done');
  expect(await systemd.restart(UNIT)).toBe('done');
  expect(fake.calls).toEqual([
    'Subscribe',
    `StartUnit ${UNIT} replace`,
    `StopUnit ${UNIT} fail`,
    `RestartUnit ${UNIT} replace`,
  ]);
});

test.each(['failed', 'timeout', 'dependency', 'canceled'])(
  'a job that ends with "%s" says so',
  async (result) => {
    fake.results.set(UNIT, result);
    expect(await systemd.start(UNIT)).toBe(result);
  },
);

test('a job is waited for until systemd removes it', async () => {
  fake.results.set(UNIT, 'held');
  const started = systemd.start(UNIT);
  await fake.called('StartUnit');
  fake.finish('ctr-other.service', 'failed');
  fake.finish(UNIT, 'done');
  expect(await started).toBe('done');
});

test('three hundred units started at once share one subscription, and each has its own result', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `ctr-${String(index)}.service`);
  for (const name of names.slice(0, 100)) fake.results.set(name, 'failed');
  for (const name of names.slice(100, 200)) fake.results.set(name, 'held');
  const results = Promise.all(names.map((name) => systemd.start(name)));
  await systemd.start('ctr-after.service');
  for (const name of names.slice(100, 200)) fake.finish(name, 'timeout');
  const expected = names.map((_, index) => (index < 100 ? 'failed' : index < 200 ? 'timeout' : 'done'));
  expect(await results).toEqual(expected);
  expect(fake.calls.filter((call) => call === 'Subscribe')).toHaveLength(1);
});

test('a job that systemd refuses is told with its reason', async () => {
  const absent = { failures: [{ code: 'START_FAILED', message: 'Unit absent.service not loaded.' }] };
  await expect(systemd.start('absent.service')).rejects.toMatchObject(absent);
  await expect(systemd.stop('absent.service')).rejects.toMatchObject({ failures: [{ code: 'STOP_FAILED' }] });
});

test('a bus that dies while a job runs is told at once', async () => {
  fake.results.set(UNIT, 'held');
  const started = systemd.start(UNIT);
  const rejected = expect(started).rejects.toMatchObject(
    failedWith('BUS_LOST', `start ${UNIT}: the D-Bus connection was lost`),
  );
  await fake.called('StartUnit');
  await daemon.kill();
  await rejected;
});

test('a job may be given a time, and may be abandoned; the next one is not disturbed', async () => {
  fake.results.set(UNIT, 'held');
  await expect(systemd.start(UNIT, { timeoutMs: 40 })).rejects.toMatchObject(
    failedWith('WAIT_TIMEOUT', `start ${UNIT}: not within 40 ms`),
  );
  const controller = new AbortController();
  const abandoned = systemd.start(UNIT, { signal: controller.signal });
  controller.abort();
  await expect(abandoned).rejects.toMatchObject(failedWith('INTERRUPTED'));
  fake.results.set(UNIT, 'done');
  expect(await systemd.start(UNIT)).toBe('done');
});

test('a result that somebody else on the bus makes up is not believed', async () => {
  fake.results.set(UNIT, 'held');
  const started = systemd.start(UNIT);
  await fake.called('StartUnit');
  const [job] = [...fake.jobs.keys()];
  const liar = new Peer(daemon.address);
  await liar.own('org.example.Liar');
  const manager = ['/org/freedesktop/systemd1', 'org.freedesktop.systemd1.Manager'] as const;
  // Unique names count up from :1.0, ours among them.
  for (let id = 0; id < 10; id += 1) {
    liar.signal(...manager, 'JobRemoved', 'uoss', [1, job, UNIT, 'done'], `:1.${String(id)}`);
  }
  await systemd.version();
  fake.finish(UNIT, 'failed');
  expect(await started).toBe('failed');
  liar.close();
});

test('a job that outlives a re-execution of systemd is still waited for, one that ended meanwhile is given up', async () => {
  fake.results.set(UNIT, 'held');
  fake.results.set('ctr-lost.service', 'held');
  const started = systemd.start(UNIT);
  await fake.called('StartUnit');
  const lost = expect(systemd.start('ctr-lost.service')).rejects.toMatchObject({
    failures: [{ code: 'BUS_LOST' }],
  });
  await systemd.version();
  const kept = [...fake.jobs].filter(([, unit]) => unit === UNIT);
  await fake.peer.bus.releaseName('org.freedesktop.systemd1');
  const successor = await FakeSystemd.start(daemon.address, 100, new Map(kept));
  await lost;
  expect(successor.calls).toContain('Subscribe');
  successor.finish(UNIT, 'done');
  expect(await started).toBe('done');
  successor.peer.close();
});
