import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bus } from '../../../src/adapters/systemd/bus.ts';
import { connectBus } from '../../../src/adapters/systemd/connect.ts';
import { Peer } from './peer.ts';
import { PrivateBus } from './private-bus.ts';

const NAME = 'org.example.Clock';
const PATH = '/org/example/Clock';
const rule = { sender: NAME, interface: NAME, member: 'Tick' };
const ping = { destination: NAME, path: PATH, interface: NAME, member: 'Ping' };

let daemon: PrivateBus;
let peer: Peer;
let bus: Bus;

beforeEach(async () => {
  daemon = await PrivateBus.start();
  peer = new Peer(daemon.address);
  peer.methods.set(`${NAME}.Ping`, () => ({ signature: '', body: [] }));
  await peer.own(NAME);
  bus = await connectBus(daemon.address);
});

afterEach(async () => {
  bus.close();
  peer.close();
  await daemon.stop();
});

/** Sends a signal and returns when it has passed through our connection: a reply sent after it has arrived. */
async function tick(text: string, path = PATH): Promise<void> {
  peer.signal(path, NAME, 'Tick', 's', [text]);
  await bus.call(ping);
}

test('a handler gets the signals of its rule, in order, until it is taken away', async () => {
  const heard: unknown[] = [];
  const unsubscribe = await bus.subscribe({ ...rule, path: PATH }, ({ body }) => heard.push(...body));
  await tick('one');
  await tick('elsewhere', '/org/example/Other');
  await tick('two');
  unsubscribe();
  await tick('three');
  expect(heard).toEqual(['one', 'two']);
});

test('six hundred subscriptions one after another leave no match rule behind', async () => {
  for (let round = 0; round < 600; round += 1) {
    const unsubscribe = await bus.subscribe({ ...rule, path: `${PATH}/${String(round)}` }, () => undefined);
    unsubscribe();
  }
  const heard: unknown[] = [];
  // The bus of this test allows 20 rules: a leak would have been refused, and this would be.
  await bus.subscribe(rule, ({ body }) => heard.push(...body));
  await tick('still here');
  expect(heard).toEqual(['still here']);
});

test('equal rules share one on the bus, which stays for the handler that is left', async () => {
  const heard: string[] = [];
  const subscribe = (who: string) => bus.subscribe(rule, () => heard.push(who));
  const unsubscribes = await Promise.all(Array.from({ length: 50 }, () => subscribe('many')));
  await subscribe('last');
  for (const unsubscribe of unsubscribes) unsubscribe();
  await tick('now');
  expect(heard).toEqual(['last']);
});

test('taking a handler away twice takes nobody else away', async () => {
  const heard: string[] = [];
  const first = await bus.subscribe(rule, () => heard.push('first'));
  await bus.subscribe(rule, () => heard.push('second'));
  first();
  first();
  await tick('now');
  expect(heard).toEqual(['second']);
});

test('a rule that the bus refuses rejects, and can be tried again', async () => {
  const bad = { ...rule, path: 'not a path' };
  for (let round = 0; round < 2; round += 1) {
    await expect(bus.subscribe(bad, () => undefined)).rejects.toMatchObject({
      dbusName: 'org.freedesktop.DBus.Error.MatchRuleInvalid',
    });
  }
});

test('an apostrophe in a rule matches itself', async () => {
  const heard: unknown[] = [];
  await bus.subscribe({ ...rule, arg0: "it's" }, ({ body }) => heard.push(...body));
  await tick("it's");
  await tick('its');
  expect(heard).toEqual(["it's"]);
});

test('an exception in a handler surfaces, and stops neither the other handlers nor the connection', async () => {
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const surfaced: unknown[] = [];
  process.on('uncaughtException', (error) => surfaced.push(error));
  try {
    const bug = new Error('a bug in a handler');
    await bus.subscribe(rule, () => {
      throw bug;
    });
    const heard: unknown[] = [];
    await bus.subscribe(rule, ({ body }) => heard.push(...body));
    await tick('one');
    await tick('two');
    expect(heard).toEqual(['one', 'two']);
    expect(surfaced).toEqual([bug, bug]);
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of listeners) process.on('uncaughtException', listener);
  }
});
