import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { findTraps } from '../../../src/flows/doctor-traps.ts';
import { eject } from '../../../src/flows/eject.ts';
import { uninstallAll } from '../../../src/flows/uninstall.ts';
import { contextOn, declaredOn, installing, run, runningOn } from './gear-in-memory.ts';

async function hostWith(...names: readonly string[]): Promise<MemoryHost> {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  for (const name of names) await run(host, installing(['web:1', name], { engine: 'docker' }));
  return host;
}

const never = (): Promise<boolean> => Promise.reject(new Error('asked'));

test('an eject of all asks first, and a no leaves everything', async () => {
  const host = await hostWith('web', 'other');
  const asked: (readonly string[])[] = [];
  const confirm = (leaving: readonly string[]): Promise<boolean> => {
    asked.push(leaving);
    return Promise.resolve(false);
  };
  const before = await declaredOn(host);
  const result = await eject(contextOn(host, 'eject'), { names: [], confirm });
  expect(result).toMatchObject({ ok: true, value: { declined: true } });
  expect(asked).toEqual([['other', 'web']]);
  expect(await declaredOn(host)).toEqual(before);
});

test('an eject of what is named, or of nothing, does not ask', async () => {
  const host = await hostWith('web');
  expect(await eject(contextOn(host, 'eject web'), { names: ['web'], confirm: never })).toMatchObject({
    ok: true,
  });
  expect(await eject(contextOn(new MemoryHost(), 'eject'), { names: [], confirm: never })).toMatchObject({
    ok: true,
  });
});

test('what was ejected is no leftover: doctor does not tell it, and uninstall leaves it running', async () => {
  const host = await hostWith('web', 'other');
  await run(host, (context) => eject(context, { names: ['web'], confirm: never }), 'eject web');
  const traps = await findTraps(contextOn(host));
  expect(traps.filter(({ name }) => name === 'leftovers')).toEqual([]);
  const found: (readonly string[])[] = [];
  const result = await uninstallAll(contextOn(host), ({ containers }) => {
    found.push(containers);
    return Promise.resolve(true);
  });
  expect(result).toMatchObject({ ok: true });
  expect(found).toEqual([['other']]);
  expect([...runningOn(host).keys()]).toEqual(['web']);
});
