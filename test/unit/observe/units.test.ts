import { expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { observeUnits } from '../../../src/observe/units.ts';

test('systemd is asked closely about what is down and should run, and about names that gear does not know', async () => {
  const systemd = await new MemoryHost().systemd();
  vi.spyOn(systemd, 'list').mockResolvedValue([
    { unit: 'ctr-up.service', loadState: 'loaded', activeState: 'active', subState: 'running' },
    { unit: 'ctr-down.service', loadState: 'loaded', activeState: 'inactive', subState: 'dead' },
    { unit: 'ctr-held.service', loadState: 'loaded', activeState: 'inactive', subState: 'dead' },
  ]);
  const asked = vi.spyOn(systemd, 'units');
  const toRun = ['ctr-up.service', 'ctr-down.service', 'ctr-gone.service'];
  const named = ['ctr-up.service', 'ctr-held.service', 'ctr-never-loaded.service'];
  await observeUnits(systemd, systemd.list([]), { toRun, named, unknown: ['ctr-new.service'] }, new Map());
  expect(asked).toHaveBeenCalledExactlyOnceWith([
    ...['ctr-new.service', 'ctr-down.service', 'ctr-gone.service', 'ctr-held.service'],
  ]);
});
