import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import { moveApp, type MoveInput } from '../../../src/flows/move/move-app.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { anApp, applying, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, run, runningOn } from './gear-in-memory.ts';

const shop = anApp('shop', {
  web: { env: { TOKEN: 'hunter2' } },
  db: { mounts: [{ kind: 'volume', source: 'shop_data', target: '/data', options: [] }] },
});
const lifecycle = (...names: readonly string[]) => ({ names, wait: true, timeoutMs: 60_000 });
const input: MoveInput = {
  app: 'shop',
  from: 'web1',
  to: 'web2',
  volumes: 'take',
  replace: false,
  token: 'mine',
  wait: true,
  timeoutMs: 60_000,
};

let here: MemoryHost;
let there: MemoryHost;
beforeEach(async () => {
  here = withImages(new MemoryHost(), 'docker', 'web:1');
  there = withImages(new MemoryHost(), 'docker', 'web:1');
  await run(here, applying([shop]));
});

function moving(more: Partial<MoveInput> = {}) {
  return moveApp({ from: contextOn(here), to: contextOn(there) }, { ...input, ...more });
}
const names = (host: MemoryHost) => [...runningOn(host).keys()].toSorted();
/** What a host is asked to copy with, in order. */
function commandsOf(host: MemoryHost): string[] {
  const commands: string[] = [];
  host.onPipe = (command) => {
    commands.push(command.includes('xargs') ? 'xargs' : (command[0] ?? ''));
    // At no moment do both run.
    expect(names(here).length === 0 || names(there).length === 0).toBe(true);
    return { status: 0, stderr: '' };
  };
  return commands;
}

test('it runs there with its values, and nothing of it is here but its volumes', async () => {
  const looked = commandsOf(here);
  const result = await moving();
  expect(result).toMatchObject({ ok: true, value: { kept: ['shop_data'], already: false } });
  expect(names(here)).toEqual([]);
  expect(names(there)).toEqual(['shop.db', 'shop.web']);
  expect((await declaredOn(here)).size).toBe(0);
  expect([...here.docker.volumes.keys()]).toEqual(['shop_data']);
  // Once while it runs, once when it does not.
  expect(looked).toEqual(['find', 'find']);
  expect(await there.files.list('/var/lib/gear/moves')).toEqual([]);
  expect(await moving()).toMatchObject({ ok: true, value: { already: true } });
});

test('what a person held here is held there, in the same words', async () => {
  await run(here, (context) => stopContainers({ ...context, by: 'anna' }, lifecycle('shop.db')));
  await moving();
  expect(names(there)).toEqual(['shop.web']);
  expect((await declaredOn(there)).get('shop.db')?.held).toBe(true);
});

test('with data, somebody must say what becomes of it; with data there, too', async () => {
  expect(await moving({ volumes: null })).toMatchObject({ ok: false, failures: [{ code: 'USAGE' }] });
  await there.docker.ensureVolume('shop_data', {});
  const entry = (path: string) => ['f', '644 0 0', '1', '1', '1', '1', '1', '', path, ''].join('\0');
  there.onPipe = () => ({ status: 0, stderr: '', stdout: new TextEncoder().encode(entry('') + entry('a')) });
  expect(await moving()).toMatchObject({ ok: false, failures: [{ code: 'VOLUME_TAKEN' }] });
  expect(names(here)).toEqual(['shop.db', 'shop.web']);
  expect((await declaredOn(there)).size).toBe(0);
});

test('where the copy fails it runs here again, and a repeated command moves it', async () => {
  let passes = 0;
  here.onPipe = () => {
    passes += 1;
    return passes === 2 ? { status: 1, stderr: 'find: Input/output error' } : { status: 0, stderr: '' };
  };
  expect(await moving()).toMatchObject({ ok: false, failures: [{ code: 'FILE_FAILED' }] });
  expect(names(here)).toEqual(['shop.db', 'shop.web']);
  expect(names(there)).toEqual([]);
  expect(await moving()).toMatchObject({ ok: true });
  expect(names(there)).toEqual(['shop.db', 'shop.web']);
});

test('where all of it is held and the copy fails, nothing is started, of other apps neither', async () => {
  await run(here, applying([anApp('blog', { web: {} })]));
  await run(here, (context) => stopContainers(context, lifecycle('shop.db', 'shop.web', 'blog.web')));
  let copies = 0;
  here.onPipe = () =>
    (copies += 1) === 2 ? { status: 1, stderr: 'No space left' } : { status: 0, stderr: '' };
  expect(await moving()).toMatchObject({ ok: false });
  expect(copies).toBeGreaterThan(1);
  expect(names(here)).toEqual([]);
  expect([...(await declaredOn(here)).values()].map(({ held }) => held)).toEqual([true, true, true]);
});

test('an app of that name there is left alone', async () => {
  await run(there, applying([shop]));
  expect(await moving()).toMatchObject({ ok: false, failures: [{ code: 'NOT_OURS' }] });
  expect(names(here)).toEqual(['shop.db', 'shop.web']);
});

test('whoever took the move over has it: the other one starts nothing', async () => {
  here.onPipe = () => {
    there.files.place('/var/lib/gear/moves/shop.json', '{}');
    return { status: 0, stderr: '' };
  };
  expect(await moving()).toMatchObject({ ok: false, failures: [{ code: 'MOVED_ON' }] });
  expect(names(there)).toEqual([]);
});

test('cut off after each effect, the same command finishes; never do both run', async () => {
  for (let effects = 1, done = false; !done; effects++) {
    here = withImages(new MemoryHost(), 'docker', 'web:1');
    there = withImages(new MemoryHost(), 'docker', 'web:1');
    await run(here, applying([shop]));
    let left = effects;
    const onEffect = (): void => {
      expect(names(here).length === 0 || names(there).length === 0, `after ${String(effects)}`).toBe(true);
      left -= 1;
      if (left === 0) throw new RangeError('cut');
    };
    const cut = moveApp(
      { from: { ...contextOn(here), onEffect }, to: { ...contextOn(there), onEffect } },
      input,
    );
    done = await cut.then(
      () => true,
      (error: unknown) => {
        if (error instanceof RangeError) return false;
        throw error;
      },
    );
    here.lock.lose();
    there.lock.lose();
    const again = await moving({ token: 'again' });
    if (!again.ok) throw new FailureError(...again.failures);
    expect([names(here), names(there)], `after ${String(effects)}`).toEqual([[], ['shop.db', 'shop.web']]);
    expect((await declaredOn(here)).size).toBe(0);
  }
});

test('started by hand on both, nothing is done', async () => {
  here.onPipe = () => {
    throw new RangeError('cut');
  };
  await expect(moving()).rejects.toThrow('cut');
  await run(there, (context) => startContainers(context, lifecycle('shop')));
  expect(await moving()).toMatchObject({ ok: false, failures: [{ code: 'MOVED_ON' }] });
});
