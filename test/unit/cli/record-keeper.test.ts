import { expect, test } from 'vitest';
import { createKeeper } from '../../../src/cli/record-keeper.ts';
import type { Manifest } from '../../../src/core/model/manifest.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import type { HostRecords } from '../../../src/ports/host-records.ts';
import type { Event } from '../../../src/report/events.ts';

const manifest = (generation: number): Manifest => ({ generation }) as unknown as Manifest;

function keeping(keep: (generation: number) => Promise<void>) {
  const events: Event[] = [];
  const records = {
    keep: (_host: string, { generation }: Manifest) => keep(generation),
  } as unknown as HostRecords;
  const keeper = createKeeper({
    host: 'web1',
    records: () => Promise.resolve(records),
    given: {},
    emit: (event) => events.push(event),
  });
  return { ...keeper, events };
}

test('what a host has is kept in order, while the work goes on', async () => {
  const kept: number[] = [];
  const { keep, settled } = keeping(async (generation) => {
    await new Promise(setImmediate);
    kept.push(generation);
  });
  keep(manifest(1));
  keep(manifest(2));
  expect(kept).toEqual([]);
  await settled();
  expect(kept).toEqual([1, 2]);
});

test('that it cannot be kept is a warning, told once, and never a failure', async () => {
  const { keep, settled, events } = keeping(() =>
    Promise.reject(new FailureError({ code: 'DISK_FULL', message: 'the disk is full', next: '' })),
  );
  keep(manifest(1));
  keep(manifest(2));
  await settled();
  expect(events).toMatchObject([
    { type: 'warning', message: expect.stringContaining('the disk is full') as string },
  ]);
});
