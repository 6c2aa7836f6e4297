import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { copyBetween } from '../../../src/flows/copy.ts';
import { orInterrupted } from '../../../src/flows/or-interrupted.ts';
import { withImages } from './apps-in-memory.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

let far: MemoryHost;
let here: MemoryHost;
/** Commands of both, in order. */
let seen: string[];

beforeEach(async () => {
  far = withImages(new MemoryHost(), 'docker', 'web:1');
  here = new MemoryHost();
  await run(far, installing(['web:1', 'web'], { engine: 'docker' }));
  seen = [];
  for (const [name, host] of Object.entries({ far, here })) {
    host.onRun = ([program = '', ...words]) => {
      seen.push(`${name} ${program}`);
      const said: Readonly<Record<string, string>> = { mktemp: '/var/tmp/gear-cp.1\n' };
      return { status: 0, stdout: said[program] ?? words.join(' '), stderr: '' };
    };
    host.onPipe = (command) => {
      seen.push(`${name} | ${command.join(' ')}`);
      return { status: 0, stderr: '', stdout: Buffer.from(command[0] === 'du' ? '5000\t/x\n' : 'archive') };
    };
  }
});

const full = (host: MemoryHost): void => {
  host.files.free = 1000 * 1024;
};

test('what does not fit beside the container is told before anything is sent', async () => {
  full(far);
  const copied = await copyBetween(contextOn(far), { path: '/dump' }, { name: 'web', path: '/tmp' }, here);
  expect(copied).toMatchObject({
    ok: false,
    failures: [{ code: 'DISK_FULL', message: expect.stringContaining('needs 5 MB') as string }],
  });
  expect(seen).toEqual(['here | du -sk -- /dump']);
});

test('what does not fit here is told before anything is written to its place', async () => {
  full(here);
  const copied = await copyBetween(contextOn(far), { name: 'web', path: '/dump' }, { path: '/out' }, here);
  expect(copied).toMatchObject({ ok: false, failures: [{ code: 'DISK_FULL' }] });
  expect(seen).not.toContain('here cp');
  expect(seen.at(-1)).toBe('here rm');
});

test('out of a container it comes as a stream, and nothing of it lies on the other machine', async () => {
  expect(
    await copyBetween(contextOn(far), { name: 'web', path: '/dump' }, { path: '/out' }, here),
  ).toMatchObject({ ok: true });
  expect(seen.filter((each) => each.startsWith('far'))).toEqual([
    expect.stringMatching(/^far \| env .*docker cp \S+:\/dump -$/),
  ]);
});

test('on the same machine it takes as long as it takes, and Ctrl-C is no fault of the engine', async () => {
  const stop = new AbortController();
  far.onPipe = () => {
    stop.abort();
    throw stop.signal.reason as Error;
  };
  const context = { ...contextOn(far), signal: stop.signal };
  const copying = orInterrupted(stop.signal, () =>
    copyBetween(context, { path: '/dump' }, { name: 'web', path: '/tmp' }),
  );
  expect(await copying).toMatchObject({ ok: false, failures: [{ code: 'INTERRUPTED' }] });
  expect(seen).toEqual([]);
});

test('what is large is counted for as long as that takes, and Ctrl-C ends it before anything is sent', async () => {
  const stop = new AbortController();
  const sent = here.onPipe;
  here.onPipe = (command, input) => {
    if (command[0] !== 'du') return sent(command, input);
    stop.abort();
    throw stop.signal.reason as Error;
  };
  const copying = orInterrupted(stop.signal, () =>
    copyBetween(
      { ...contextOn(far), signal: stop.signal },
      { path: '/dump' },
      { name: 'web', path: '/tmp' },
      here,
    ),
  );
  expect(await copying).toMatchObject({ ok: false, failures: [{ code: 'INTERRUPTED' }] });
  expect(seen).toEqual([]);
});
