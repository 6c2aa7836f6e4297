import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bus } from '../../../src/adapters/systemd/bus.ts';
import { connectBus } from '../../../src/adapters/systemd/connect.ts';
import { SystemdSignals } from '../../../src/adapters/systemd/signals.ts';
import { followUnits } from '../../../src/adapters/watch/unit-signals.ts';
import { FakeSystemd } from './fake-systemd.ts';
import { type Answer, Peer } from './peer.ts';
import { PrivateBus } from './private-bus.ts';

const NAME = 'org.freedesktop.systemd1';
const rule = { path: '/org/freedesktop/systemd1', interface: `${NAME}.Manager`, member: 'Reloading' };

let daemon: PrivateBus;
let bus: Bus;

beforeEach(async () => {
  daemon = await PrivateBus.start();
  bus = await connectBus(daemon.address);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  bus.close();
  await daemon.stop();
});

/** Another systemd takes over, and answers Subscribe so. */
async function successor(before: Peer, answer: Answer): Promise<Peer> {
  const peer = new Peer(daemon.address);
  const asked = new Promise<void>((resolve) => {
    peer.methods.set(`${NAME}.Manager.Subscribe`, () => {
      resolve();
      return answer;
    });
  });
  await before.bus.releaseName(NAME);
  await peer.own(NAME);
  await asked;
  return peer;
}

test('a re-executed systemd that does not let us subscribe is a lost bus, told to everyone who waits', async () => {
  const { peer } = await FakeSystemd.start(daemon.address);
  await new SystemdSignals(bus).on(rule, () => undefined);
  const lost = once(bus.lost, 'abort');
  const next = await successor(peer, { error: 'org.freedesktop.DBus.Error.NoMemory', text: 'no' });
  await lost;
  peer.close();
  next.close();
});

test('one that is re-executed again before it has answered is no loss', async () => {
  const { peer } = await FakeSystemd.start(daemon.address);
  const signals = new SystemdSignals(bus);
  const heard = new Promise((resolve) => void signals.on(rule, resolve));
  await signals.on(rule, () => undefined);
  const second = await successor(peer, 'none');
  second.close();
  const { peer: third } = await FakeSystemd.start(daemon.address);
  // Answered after we were told of the new owner.
  await connections();
  third.signal(rule.path, rule.interface, rule.member, 'b', [true]);
  await heard;
  expect(bus.lost.aborted).toBe(false);
  peer.close();
  third.close();
});

async function connections(): Promise<number> {
  const daemonName = 'org.freedesktop.DBus';
  const call = { destination: daemonName, path: '/org/freedesktop/DBus', interface: daemonName } as const;
  const [names] = await bus.call({ ...call, member: 'ListNames' });
  return (names as string[]).filter((name) => name.startsWith(':')).length;
}

test('a follower of units that cannot subscribe leaves no connection open', async () => {
  vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', daemon.address);
  // No systemd is on this bus: each attempt fails after the login.
  let tries = 0;
  const waiting: (() => void)[] = [];
  let retried = (): void => undefined;
  const timers = {
    nowMs: () => 0,
    after: (_ms: number, act: () => void) => {
      tries++;
      waiting.push(act);
      retried();
      return () => undefined;
    },
  };
  const listener = {
    edited: () => undefined,
    stirred: () => undefined,
    recovered: () => undefined,
    health: () => undefined,
  };
  const following = followUnits(listener, timers);
  for (let round = 1; round <= 3; round++) {
    await new Promise<void>((resolve) => {
      retried = resolve;
      if (tries >= round) resolve();
    });
    expect(await connections()).toBe(1);
    waiting.shift()?.();
  }
  following.close();
});
