import dbus from 'dbus-next';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bus } from '../../../src/adapters/systemd/bus.ts';
import { connectBus } from '../../../src/adapters/systemd/connect.ts';
import type { MethodCall } from '../../../src/adapters/systemd/marshaller.ts';
import { Peer } from './peer.ts';
import { PrivateBus } from './private-bus.ts';

const NAME = 'org.example.Echo';
const PATH = '/org/example/Echo';

let daemon: PrivateBus;
let peer: Peer;
let bus: Bus;

beforeEach(async () => {
  daemon = await PrivateBus.start();
  peer = new Peer(daemon.address);
  peer.methods.set(`${NAME}.Echo`, (body, { signature }) => ({ signature, body }));
  peer.methods.set(`${NAME}.Refuse`, () => ({ error: 'org.example.Error.Refused', text: 'not today' }));
  peer.methods.set(`${NAME}.Hang`, () => 'none');
  await peer.own(NAME);
  bus = await connectBus(daemon.address);
});

afterEach(async () => {
  bus.close();
  peer.close();
  await daemon.stop();
});

function method(member: string, signature = '', body: readonly unknown[] = []): MethodCall {
  return { destination: NAME, path: PATH, interface: NAME, member, signature, body };
}

const hello = method('Echo', 's', ['hello']);

test('a reply carries the values that the peer sent', async () => {
  const nested = [['ÄÖ € 🚀', new dbus.Variant('as', ['a', ''])]];
  const body = ['x'.repeat(200_000), 2n ** 64n - 1n, -5, true, nested];
  expect(await bus.call(method('Echo', 'stiba(sv)', body))).toEqual(body);
});

test("an error reply is rejected with the peer's error name and text", async () => {
  await expect(bus.call(method('Refuse'))).rejects.toMatchObject({
    dbusName: 'org.example.Error.Refused',
    message: 'not today',
  });
});

test('a call to nobody is rejected by the bus', async () => {
  await expect(bus.call({ ...hello, destination: 'org.example.Nobody' })).rejects.toMatchObject({
    dbusName: 'org.freedesktop.DBus.Error.ServiceUnknown',
  });
});

test('a call that is not answered ends after its time, and the next one works', async () => {
  await expect(bus.call(method('Hang'), { timeoutMs: 30 })).rejects.toMatchObject({
    dbusName: 'gear.Timeout',
  });
  expect(await bus.call(hello)).toEqual(['hello']);
});

test('an aborted call ends at once, and one that is already aborted is not sent', async () => {
  const controller = new AbortController();
  const hanging = bus.call(method('Hang'), { signal: controller.signal });
  controller.abort();
  await expect(hanging).rejects.toMatchObject({ dbusName: 'gear.Aborted' });
  await expect(bus.call(hello, { signal: controller.signal })).rejects.toMatchObject({
    dbusName: 'gear.Aborted',
  });
  expect(await bus.call(hello)).toEqual(['hello']);
});

test('the death of the bus rejects every open call, sent or queued, and every later one', async () => {
  const open = Array.from({ length: 150 }, () => bus.call(method('Hang')));
  const outcomes = Promise.allSettled(open);
  await daemon.kill();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { dbusName: 'gear.Closed' } });
  }
  expect(bus.lost.reason).toMatchObject({ dbusName: 'gear.Closed' });
  await expect(bus.call(hello)).rejects.toMatchObject({ dbusName: 'gear.Closed' });
});

test.each<[string, MethodCall]>([
  ['a number for a string', method('Echo', 's', [7])],
  ['nothing for a string', method('Echo', 's', [undefined])],
  ['null', method('Echo', 's', [null])],
  ['too few arguments', method('Echo', 'ss', ['one'])],
  ['an integer out of range', method('Echo', 'u', [-1])],
  ['a NUL in a string', method('Echo', 's', ['a\0b'])],
  ['a plain value for a variant', method('Echo', 'v', ['plain'])],
  ['a signature that is none', method('Echo', 's)', ['x'])],
  ['a file descriptor', method('Echo', 'h', [0])],
  ['an object path that is none', method('Echo', 'o', ['not/a/path'])],
  ['a path that is none', { ...hello, path: '/trailing/' }],
  ['a member that is none', { ...hello, member: 'No Such' }],
  ['an interface that is none', { ...hello, interface: 'plain' }],
  ['a destination that is none', { ...hello, destination: ':1 .2' }],
  ['more than a bus carries', method('Echo', 's', ['x'.repeat(33 * 1024 * 1024)])],
])('%s rejects that call and no other', async (_, bad) => {
  const before = bus.call(hello);
  const rejected = expect(bus.call(bad)).rejects.toMatchObject({ dbusName: 'gear.BadArguments' });
  const after = bus.call(hello);
  await rejected;
  expect(await Promise.all([before, after])).toEqual([['hello'], ['hello']]);
  expect(bus.lost.aborted).toBe(false);
});

test('five thousand calls at once stay within what the bus allows, and all are answered', async () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => index);
  const replies = await Promise.all(numbers.map((number) => bus.call(method('Echo', 'u', [number]))));
  expect(replies.flat()).toEqual(numbers);
});

test('a close rejects what is open and says that it was asked for', async () => {
  const hanging = bus.call(method('Hang'));
  bus.close();
  await expect(hanging).rejects.toMatchObject({
    dbusName: 'gear.Closed',
    message: 'the D-Bus connection was closed',
  });
});
