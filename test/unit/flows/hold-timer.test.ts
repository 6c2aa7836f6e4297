import { expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { refuseFarSpan } from '../../../src/cli/hold-span.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import { holdContainers } from '../../../src/flows/hold.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { withImages } from './apps-in-memory.ts';
import { contextOn, declaredOn, installing, run } from './gear-in-memory.ts';

const web = { names: ['web'], wait: true, timeoutMs: 10_000 };

async function withWeb(): Promise<MemoryHost> {
  const host = withImages(new MemoryHost(), 'docker', 'web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  return host;
}

test('a timer that systemd refuses is a failure with what to type, and the hold stands', async () => {
  const host = await withWeb();
  vi.spyOn(host, 'run').mockResolvedValue({ status: 1, stdout: '', stderr: 'Access denied\n' });
  expect(await holdContainers(contextOn(host), { ...web, forMs: 7_200_000 })).toMatchObject({
    ok: false,
    failures: [{ code: 'SYSTEMD_REFUSED', next: 'gear unhold web' }],
  });
  expect((await declaredOn(host)).get('web')?.held).toBe(true);
});

test('a timer that systemd does not let us ask for is a failure of start, not a bug', async () => {
  const host = await withWeb();
  await holdContainers(contextOn(host), web);
  const systemd = await host.systemd();
  const units = systemd.units.bind(systemd);
  const lost = { code: 'BUS_LOST', message: 'the connection was lost', next: 'try again' } as const;
  vi.spyOn(systemd, 'units').mockImplementation((names) =>
    names.includes('gear-unhold-web.timer') ? Promise.reject(new FailureError(lost)) : units(names),
  );
  expect(await startContainers(contextOn(host), web)).toEqual({ ok: false, failures: [lost] });
});

test('a time is refused on another host, and taken on this one', () => {
  const address = { label: 'web1', host: '10.0.0.5' };
  const here = { label: 'local', address: null, input: ['web'] };
  expect(() => refuseFarSpan([here])).not.toThrow();
  expect(() => refuseFarSpan([here, { label: 'web1', address, input: ['web', 'db'] }])).toThrow(
    '--for works where gear is typed, and web1 is another host',
  );
});
