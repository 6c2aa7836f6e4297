import { expect, it } from 'vitest';
import { readNative } from '../../../../../src/core/descriptor/native/read-native.ts';
import { read } from '../text/read.ts';

const context = { directory: '/srv', environment: {}, files: new Map() };
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

it.each([
  [
    'ports of one container',
    { web: { image: 'x', ports: upTo(30_000).map((n) => `${String(n)}:80`) } },
    (names: readonly string[]) => names.length === 1,
  ],
  [
    'relations by full names',
    Object.fromEntries(
      upTo(12_000).map((n) => [
        `c${String(n)}`,
        { image: 'x', ...(n > 1 ? { after: [`shop.c${String(n - 1)}`] } : {}) },
      ]),
    ),
    (names: readonly string[]) => names.length === 12_000,
  ],
] as const)('%s are read in a time that grows with their number only', async (_what, containers, isWhole) => {
  const document = await read(JSON.stringify({ name: 'shop', containers }));
  const before = process.cpuUsage();
  const request = readNative(document, context);
  // Comparing each with each took several times as long.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(6000);
  expect(request.ok && isWhole(request.value.containers.map(({ container }) => container))).toBe(true);
});
