import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeHolder, readHolder, writeHolder } from '../../../../src/adapters/host/lock-holder.ts';

it('comes back from the one line that it is written as', () => {
  const holder = fc.record({ command: fc.string(), by: fc.string(), pid: fc.nat(), sinceMs: fc.nat() });
  fc.assert(
    fc.property(holder, (who) => {
      const line = writeHolder(who);
      expect(line).not.toMatch(/[\n\r]/);
      expect(readHolder(line)).toEqual(who);
    }),
  );
});

it('is nobody when the line is empty, half written or something else', () => {
  for (const line of [
    '',
    '{"command":"ins',
    'null',
    '[]',
    '7',
    '{"command":1}',
    '{"command":"x","by":"y","pid":"1"}',
  ])
    expect(readHolder(line)).toBeNull();
});

it('is told with command, person, process and time', () => {
  const holder = {
    command: 'install web',
    by: 'anna (sudo)',
    pid: 7,
    sinceMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  };
  expect(describeHolder(holder)).toBe('"install web" by anna (sudo), process 7, since 2026-01-02T03:04:05Z');
});
