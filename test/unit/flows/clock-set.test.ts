import { expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { Event } from '../../../src/report/events.ts';
import { withImages } from './apps-in-memory.ts';
import { contextOn, installing } from './gear-in-memory.ts';

const dayMs = 24 * 60 * 60 * 1000;

// A machine that boots asks late what time it is, and had another until then.
test.each([
  ['forward', dayMs],
  ['back', -dayMs],
])(
  'a clock that is set %s by a day leaves a start its time, and no operation took a day',
  async (_, byMs) => {
    const host = withImages(new MemoryHost(), 'docker', 'web:1');
    const start = vi.spyOn(await host.systemd(), 'start');
    const took: number[] = [];
    let isSet = false;
    const emit = (event: Event): void => {
      if (event.type !== 'operation') return;
      if (!isSet) host.clock.set(byMs);
      isSet = true;
      took.push(event.elapsedMs ?? 0);
    };
    expect(await installing(['web:1', 'web'])({ ...contextOn(host), emit })).toMatchObject({ ok: true });
    expect(start.mock.calls.map(([, options]) => options?.timeoutMs)).toEqual([60_000]);
    expect(Math.max(...took.map(Math.abs))).toBe(0);
  },
);
