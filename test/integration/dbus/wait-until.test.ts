import dbus from 'dbus-next';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectSystemd } from '../../../src/adapters/systemd/local.ts';
import { unitPath } from '../../../src/adapters/systemd/unit-path.ts';
import type { Systemd, UnitState } from '../../../src/ports/systemd.ts';
import { FakeSystemd } from './fake-systemd.ts';
import { PrivateBus } from './private-bus.ts';

const UNIT = 'ctr-web.service';
const PATH = unitPath(UNIT);

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

const state = (activeState: string) => ({
  LoadState: new dbus.Variant('s', 'loaded'),
  ActiveState: new dbus.Variant('s', activeState),
  SubState: new dbus.Variant('s', 'sub'),
});
const isActive = ({ activeState }: UnitState) => activeState === 'active';
const failedWith = (code: string, message: string) => ({ failures: [{ code, message, subject: UNIT }] });

test('a state that already holds is not waited for', async () => {
  fake.units.set(PATH, state('active'));
  expect(await systemd.waitUntil(UNIT, isActive, { timeoutMs: 5000 })).toMatchObject({
    activeState: 'active',
  });
});

test('a state is looked at again when systemd says that the unit has changed, and not otherwise', async () => {
  fake.units.set(PATH, state('activating'));
  const active = systemd.waitUntil(UNIT, isActive, { timeoutMs: 5000 });
  await fake.called('GetAll');
  await systemd.version();
  expect(fake.calls.filter((call) => call.startsWith('GetAll'))).toHaveLength(1);
  fake.change(unitPath('ctr-other.service'), state('active'));
  fake.change(PATH, state('activating'));
  fake.change(PATH, state('active'));
  expect(await active).toMatchObject({ activeState: 'active' });
});

test('a wait that takes too long says what the state was', async () => {
  fake.units.set(PATH, state('activating'));
  await expect(systemd.waitUntil(UNIT, isActive, { timeoutMs: 1000 })).rejects.toMatchObject(
    failedWith('WAIT_TIMEOUT', `waiting for ${UNIT} (activating, sub, loaded): not within 1000 ms`),
  );
});

test('a wait ends at once when it is aborted or the bus dies', async () => {
  fake.units.set(PATH, state('activating'));
  const controller = new AbortController();
  const { signal } = controller;
  const aborted = expect(
    systemd.waitUntil(UNIT, isActive, { timeoutMs: 60_000, signal }),
  ).rejects.toMatchObject({
    failures: [{ code: 'INTERRUPTED' }],
  });
  const lost = expect(systemd.waitUntil(UNIT, isActive, { timeoutMs: 60_000 })).rejects.toMatchObject({
    failures: [{ code: 'BUS_LOST' }],
  });
  await fake.called('GetAll');
  controller.abort();
  await aborted;
  await daemon.kill();
  await lost;
});

test('a hundred waits one after another leave no match rule behind', async () => {
  fake.units.set(PATH, state('active'));
  const names = Array.from({ length: 100 }, (_, index) => `ctr-${String(index)}.service`);
  for (const name of names) {
    fake.units.set(unitPath(name), state('active'));
    await systemd.waitUntil(name, isActive, { timeoutMs: 5000 });
  }
  // The bus of this test allows 20 rules.
  expect(await systemd.waitUntil(UNIT, isActive, { timeoutMs: 5000 })).toMatchObject({
    activeState: 'active',
  });
});
