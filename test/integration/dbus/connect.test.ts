import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bridgeOver } from '../../../src/adapters/systemd/bridge.ts';
import { Bus } from '../../../src/adapters/systemd/bus.ts';
import { connectBus } from '../../../src/adapters/systemd/connect.ts';
import { connectSystemd } from '../../../src/adapters/systemd/local.ts';
import { Peer } from './peer.ts';
import { PrivateBus } from './private-bus.ts';

let daemon: PrivateBus;
let folder: string;
const servers: Server[] = [];

beforeAll(async () => {
  daemon = await PrivateBus.start();
  folder = await mkdtemp(join(tmpdir(), 'gear-test-connect-'));
});

afterAll(async () => {
  for (const server of servers) server.close();
  await daemon.stop();
  await rm(folder, { recursive: true });
});

/** A bus through a command that carries it on its stdin and stdout, as ssh does. */
function connectBridge([command, ...args]: readonly [string, ...string[]]): Promise<Bus> {
  return Bus.over(bridgeOver(spawn(command, args), command));
}

/** A socket at which something else than a bus listens. */
async function impostor(serve: (socket: Socket) => void): Promise<string> {
  const path = join(folder, `impostor-${String(servers.length)}`);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  }).listen(path);
  servers.push(server);
  await once(server, 'listening');
  return `unix:path=${path}`;
}

/** Carries bytes between stdio and a socket, as systemd-stdio-bridge does. */
const bridge = (path: string) =>
  [
    process.execPath,
    '-e',
    `const s = require('net').connect(${JSON.stringify(path)});
     process.stdin.pipe(s).pipe(process.stdout);
     s.on('close', () => { console.error('the far end is gone'); process.exit(7); })`,
  ] as const;

const getId = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'GetId',
};

test('of several addresses the first that answers is taken', async () => {
  const bus = await connectBus(
    `tcp:host=localhost,port=1;unix:path=${folder}/nothing;unix:guid=0,path=${daemon.path}`,
  );
  expect(await bus.call(getId)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  bus.close();
});

test('an escaped address is understood', async () => {
  const escaped = [...Buffer.from(daemon.path)].map((byte) => `%${byte.toString(16)}`).join('');
  (await connectBus(`unix:path=${escaped}`)).close();
});

test.each([
  ['an absent socket', () => Promise.resolve(`unix:path=${folder}/absent`), 'gear.NoBus'],
  ['a file that is no socket', () => Promise.resolve(`unix:path=${import.meta.filename}`), 'gear.NoBus'],
  ['an address without a socket', () => Promise.resolve('autolaunch:'), 'gear.NoBus'],
  ['a peer that hangs up', () => impostor((socket) => socket.end()), 'gear.Closed'],
  ['a peer that says nothing', () => impostor(() => undefined), 'gear.Timeout'],
  [
    'a bus that refuses us',
    () => impostor((socket) => socket.write('REJECTED EXTERNAL\r\n')),
    'gear.AccessDenied',
  ],
  ['a peer that is no bus', () => impostor((socket) => socket.write('x'.repeat(5000))), 'gear.Closed'],
  [
    'a peer that talks nonsense',
    () => impostor((socket) => socket.write('OK 1\r\n' + 'x'.repeat(99))),
    'gear.Closed',
  ],
  ['a bus that never says hello', () => impostor((socket) => socket.write('OK 1\r\n')), 'gear.Timeout'],
])('%s is told as such', async (_, address, dbusName) => {
  await expect(connectBus(await address(), { connectTimeoutMs: 1000 })).rejects.toMatchObject({ dbusName });
});

test('systemd that cannot be reached is an environment failure with a next step', async () => {
  await expect(connectSystemd({ address: `unix:path=${folder}/absent` })).rejects.toMatchObject({
    failures: [
      {
        code: 'SYSTEMD_ABSENT',
        message: expect.stringContaining('ENOENT') as string,
        next: expect.any(String) as string,
      },
    ],
  });
});

test('a bridge command carries a bus', async () => {
  const bus = await connectBridge(bridge(daemon.path));
  expect(await bus.call(getId)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  bus.close();
});

test('a bridge that fails is told with its status and what it wrote to stderr', async () => {
  const failing = ['/bin/sh', '-c', 'echo "no route to host" >&2; exit 255'] as const;
  await expect(connectBridge(failing)).rejects.toMatchObject({
    dbusName: 'gear.Closed',
    message: '/bin/sh exited with status 255: no route to host',
  });
});

test('a bridge that is absent is told as such', async () => {
  await expect(connectBridge([`${folder}/absent`])).rejects.toMatchObject({
    dbusName: 'gear.NoBus',
    message: expect.stringContaining('ENOENT') as string,
  });
});

test('a bridge that breaks under a call rejects it with what it wrote to stderr', async () => {
  const another = await PrivateBus.start();
  const peer = new Peer(another.address);
  const asked = new Promise<void>((resolve) => {
    peer.methods.set('org.example.Silent.Ask', () => {
      resolve();
      return 'none';
    });
  });
  await peer.own('org.example.Silent');
  const bus = await connectBridge(bridge(another.path));
  const call = {
    destination: 'org.example.Silent',
    path: '/',
    interface: 'org.example.Silent',
    member: 'Ask',
  };
  const rejected = expect(bus.call(call)).rejects.toMatchObject({
    dbusName: 'gear.Closed',
    message: expect.stringContaining('exited with status 7: the far end is gone') as string,
  });
  await asked;
  await another.stop();
  await rejected;
});
