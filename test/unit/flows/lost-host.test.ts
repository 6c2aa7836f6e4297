import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { anApp, applying, withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run, tracesOn, type Typed } from './gear-in-memory.ts';

const lost: Failure = { code: 'HOST_LOST', message: 'the connection to web1 was lost', next: 'again' };
const install = (version: string): Typed => installing([`web:${version}`, 'web'], { engine: 'docker' });
const apply = (version: string): Typed =>
  applying([
    anApp('shop', {
      web: { image: `web:${version}`, after: ['db'] },
      db: { env: { VERSION: version } },
      job: { image: `web:${version}`, job: true, restart: 'on-failure' },
    }),
  ]);

const commands: readonly (readonly [string, Typed | null, Typed])[] = [
  ['a first install', null, install('1')],
  ['an update', install('1'), install('2')],
  ['a first apply', null, apply('1')],
  ['an apply of a new version', apply('1'), apply('2')],
];

async function prepared(before: Typed | null): Promise<MemoryHost> {
  const host = withImages(new MemoryHost(), 'docker', 'web:1', 'web:2');
  if (before !== null) await run(host, before, 'before');
  return host;
}

test.each(commands)(
  'a connection that is lost before any change of %s is told, leaves old or new, and the same command finishes',
  async (_, before, typed) => {
    const clean = await prepared(before);
    const old = await declaredOn(clean);
    const mark = clean.calls.mark;
    await run(clean, typed, 'the command');
    const calls = clean.calls.since(mark).length;
    const next = await declaredOn(clean);
    const finished = await tracesOn(clean);
    expect(calls).toBeGreaterThan(8);

    for (let passing = 0; passing < calls; passing++) {
      const where = `after ${String(passing)} calls`;
      const host = await prepared(before);
      // gear lives on, and may try what it likes: nothing reaches the host any more.
      host.calls.refuseAfter(passing, lost);
      const result = await typed(contextOn(host, 'the command'));
      const failures = result.ok ? (result.value.failures ?? []) : result.failures;
      expect(
        failures.map(({ code }) => code),
        where,
      ).toContain('HOST_LOST');
      host.lock.lose();
      host.calls.revive();
      expect([old, next], where).toContainEqual(await declaredOn(host));
      await run(host, typed, 'the command');
      expect(await declaredOn(host), where).toEqual(next);
      expect(await tracesOn(host), where).toEqual(finished);
    }
  },
);
