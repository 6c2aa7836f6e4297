import dbus from 'dbus-next';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectSystemd } from '../../../src/adapters/systemd/local.ts';
import { unitPath } from '../../../src/adapters/systemd/unit-path.ts';
import type { Systemd } from '../../../src/ports/systemd.ts';
import { FakeSystemd } from './fake-systemd.ts';
import { PrivateBus } from './private-bus.ts';

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

const text = (value: string) => new dbus.Variant('s', value);
const loaded = (activeState: string, more: Record<string, dbus.Variant> = {}) => ({
  LoadState: text('loaded'),
  ActiveState: text(activeState),
  ...more,
});
const failedWith = (code: string, message: unknown = expect.any(String) as unknown) => ({
  failures: [{ code, message, next: expect.any(String) as unknown }],
});

test('the version is a number, whatever the distribution appends', async () => {
  expect(await systemd.version()).toBe(257);
});

test('a state has what systemd says of the unit, in milliseconds', async () => {
  const path = unitPath('ctr-web.service');
  fake.units.set(path, {
    ...loaded('failed', { SubState: text('failed'), Result: text('exit-code') }),
    FragmentPath: text('/etc/systemd/system/ctr-web.service'),
    DropInPaths: new dbus.Variant('as', ['/etc/systemd/system/ctr-web.service.d/10.conf']),
    UnitFileState: text('enabled'),
    MainPID: new dbus.Variant('u', 42),
    ExecMainStatus: new dbus.Variant('i', 137),
    ExecMainCode: new dbus.Variant('i', 2),
    NRestarts: new dbus.Variant('u', 3),
    ActiveEnterTimestamp: new dbus.Variant('t', 1_700_000_000_123_456n),
    StateChangeTimestamp: new dbus.Variant('t', 1_700_000_001_000_000n),
    Environment: new dbus.Variant('as', ['GEAR_HASH=abc']),
    ControlGroup: text('/gear-web.slice/ctr-web.service'),
  });
  expect(await systemd.units(['ctr-web.service'])).toEqual([
    {
      unit: 'ctr-web.service',
      loadState: 'loaded',
      activeState: 'failed',
      subState: 'failed',
      fragmentPath: '/etc/systemd/system/ctr-web.service',
      dropInPaths: ['/etc/systemd/system/ctr-web.service.d/10.conf'],
      unitFileState: 'enabled',
      result: 'exit-code',
      mainPid: 42,
      execMainStatus: 137,
      execMainCode: 2,
      restarts: 3,
      activeEnterMs: 1_700_000_000_123,
      stateChangeMs: 1_700_000_001_000,
      environment: ['GEAR_HASH=abc'],
      controlGroup: '/gear-web.slice/ctr-web.service',
      unmet: [],
    },
  ]);
});

test('a condition that is not met is told as a line of the unit', async () => {
  const rows = [
    ['ConditionPathExists', false, false, '/etc', 1],
    ['ConditionPathExists', false, true, '/srv', -1],
  ];
  fake.units.set(unitPath('ctr-web.service'), {
    ...loaded('inactive'),
    ConditionResult: new dbus.Variant('b', false),
    ConditionTimestamp: new dbus.Variant('t', 1_700_000_000_000_000n),
    Conditions: new dbus.Variant('a(sbbsi)', rows),
  });
  const [state] = await systemd.units(['ctr-web.service']);
  expect(state?.unmet).toEqual(['ConditionPathExists=!/srv']);
});

test('states come in the order asked for, and an unknown unit is not-found', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `ctr-${String(index)}.service`);
  for (const name of names.slice(1))
    fake.units.set(unitPath(name), loaded('active', { SubState: text(name) }));
  const states = await systemd.units(names);
  expect(states.map(({ unit }) => unit)).toEqual(names);
  expect(states.slice(1).map(({ subState }) => subState)).toEqual(names.slice(1));
  expect(states[0]).toMatchObject({
    loadState: 'not-found',
    activeState: 'inactive',
    mainPid: 0,
    dropInPaths: [],
  });
});

test('a unit that runs on without its file is not taken for absent', async () => {
  const running = { ...loaded('active'), LoadState: text('not-found'), MainPID: new dbus.Variant('u', 42) };
  fake.units.set(unitPath('ctr-web.service'), running);
  expect(await systemd.units(['ctr-web.service'])).toMatchObject([{ loadState: 'not-found', mainPid: 42 }]);
});

test('underscore D-Bus path (1.3): a name with "_" is asked at its own path, not at that of another unit', async () => {
  fake.units.set('/org/freedesktop/systemd1/unit/ctr_2dmy_5fapp_2eservice', loaded('active'));
  fake.units.set('/org/freedesktop/systemd1/unit/ctr_2dmy_app_2eservice', loaded('failed'));
  expect(await systemd.units(['ctr-my_app.service'])).toMatchObject([{ activeState: 'active' }]);
});

test('a list has the short states of the units that match the patterns, with the jobs that wait or run', async () => {
  expect(await systemd.list(['ctr-*.service', 'gear-*.slice'])).toEqual([
    { unit: 'ctr-web.service', loadState: 'loaded', activeState: 'active', subState: 'running' },
    {
      unit: 'ctr-db.service',
      loadState: 'loaded',
      activeState: 'inactive',
      subState: 'dead',
      job: 'restart',
    },
  ]);
  expect(fake.calls).toEqual(['ListUnitsByPatterns  ctr-*.service,gear-*.slice']);
});

test('forgetting the failure of a unit that systemd does not know is no error', async () => {
  await systemd.resetFailed('absent.service');
});

test.each([
  ['org.freedesktop.DBus.Error.AccessDenied', 'NOT_ROOT'],
  ['org.freedesktop.DBus.Error.InteractiveAuthorizationRequired', 'NOT_ROOT'],
  ['org.freedesktop.DBus.Error.NoReply', 'BUS_LOST'],
  ['org.freedesktop.systemd1.LoadFailed', 'SYSTEMD_REFUSED'],
])('%s is told as %s', async (error, code) => {
  fake.peer.methods.set('org.freedesktop.systemd1.Manager.Reload', () => ({ error, text: 'why' }));
  await expect(systemd.reload()).rejects.toMatchObject(failedWith(code, 'why'));
});

test('a bus without systemd on it is told as SYSTEMD_ABSENT', async () => {
  await fake.peer.bus.releaseName('org.freedesktop.systemd1');
  await expect(systemd.version()).rejects.toMatchObject(failedWith('SYSTEMD_ABSENT'));
});

test('a bus that dies while systemd reloads is told at once', async () => {
  fake.peer.methods.set('org.freedesktop.systemd1.Manager.Reload', () => {
    void daemon.kill();
    return 'none';
  });
  await expect(systemd.reload()).rejects.toMatchObject(failedWith('BUS_LOST'));
  await expect(systemd.start('ctr-web.service')).rejects.toMatchObject(failedWith('BUS_LOST'));
});

test('a reload of a unit is a job, whose result is told', async () => {
  fake.results.set('ctr-web.service', 'failed');
  expect(await systemd.reloadUnit('ctr-web.service')).toBe('failed');
  expect(await systemd.reloadUnit('ctr-db.service')).toBe('done');
  expect(fake.calls).toContain('ReloadUnit ctr-db.service replace');
});

test('a timer tells when it elapses next and did last, and one that never does tells 0', async () => {
  const moment = (value: bigint) => new dbus.Variant('t', value);
  fake.units.set(unitPath('ctr-backup.timer'), {
    ...loaded('active'),
    NextElapseUSecRealtime: moment(1_800_000_000_000_000n),
    LastTriggerUSec: moment(0n),
  });
  fake.units.set(unitPath('ctr-over.timer'), {
    ...loaded('active'),
    NextElapseUSecRealtime: moment(2n ** 64n - 1n),
    LastTriggerUSec: moment(1_700_000_000_123_000n),
  });
  expect(await systemd.timers(['ctr-over.timer', 'ctr-backup.timer', 'ctr-none.timer'])).toEqual([
    { unit: 'ctr-over.timer', nextMs: 0, lastMs: 1_700_000_000_123 },
    { unit: 'ctr-backup.timer', nextMs: 1_800_000_000_000, lastMs: 0 },
    { unit: 'ctr-none.timer', nextMs: 0, lastMs: 0 },
  ]);
});
