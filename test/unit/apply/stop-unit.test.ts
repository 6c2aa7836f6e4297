import { expect, test } from 'vitest';
import { stopUnit } from '../../../src/apply/jobs.ts';
import type { Tools } from '../../../src/apply/tools.ts';
import type { JobResult } from '../../../src/ports/systemd.ts';

/** What stopUnit asks of a host whose systemd answers with these results, one after the other. */
function hostThat(results: readonly JobResult[]) {
  const asked: string[] = [];
  const systemd = {
    stop: (unit: string): Promise<JobResult> => {
      asked.push(unit);
      return Promise.resolve(results[asked.length - 1] ?? 'failed');
    },
    resetFailed: () => Promise.resolve(),
  };
  const tools = { host: { systemd: () => Promise.resolve(systemd) }, wait: true };
  return { asked, tools: tools as unknown as Tools };
}

test('a stop that a start of something bound to it cancelled is asked for again', async () => {
  const { asked, tools } = hostThat(['canceled', 'done']);
  await stopUnit(tools, 'ctr-shop.db.service', 'shop.db');
  expect(asked).toEqual(['ctr-shop.db.service', 'ctr-shop.db.service']);
});

test('one that is cancelled each time, or failed, is told', async () => {
  const always = hostThat(['canceled', 'canceled', 'canceled', 'done']);
  await expect(stopUnit(always.tools, 'x.service', 'x')).rejects.toThrow(
    'could not stop x.service: canceled',
  );
  expect(always.asked).toHaveLength(3);
  const once = hostThat(['failed']);
  await expect(stopUnit(once.tools, 'x.service', 'x')).rejects.toThrow('failed');
  expect(once.asked).toHaveLength(1);
});
