import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { descriptorPlaces } from '../../../src/cli/descriptor-places.ts';
import { originKey } from '../../../src/core/render/origin-key.ts';

let folder: string;
const native = `name: shop
containers:
  web:
    image: web:1
    stop_timeout: 3s
    ports: ["80:80"]
`;
const compose = `name: shop
services:
  web:
    image: web:1
    stop_grace_period: 3s
`;
const prod = `containers:
  web:
    image: web:2
    ports: ["81:80"]
`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cat-'));
  await writeFile(path.join(folder, 'shop.yaml'), native);
  await writeFile(path.join(folder, 'compose.yaml'), compose);
  await writeFile(path.join(folder, 'prod.yaml'), prod);
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['shop.yaml', { image: 4, stop_timeout: 5, ports: 6 }],
  ['compose.yaml', { image: 4, stop_timeout: 5 }],
])('a line of a unit leads to the line of %s that says so', async (file, lines) => {
  const source = path.join(folder, file);
  const placeOf = await descriptorPlaces('shop', { path: source });
  for (const [key, line] of Object.entries(lines))
    expect(placeOf?.('web', key, ''), key).toBe(`${source}:${String(line)}`);
});

test('what the descriptor does not say has no place, and neither has an app that is not in it', async () => {
  const source = path.join(folder, 'shop.yaml');
  expect((await descriptorPlaces('shop', { path: source }))?.('web', 'restart', '')).toBeNull();
  expect(await descriptorPlaces('other', { path: source })).toBeNull();
  expect(await descriptorPlaces('shop', { path: path.join(folder, 'gone.yaml') })).toBeNull();
});

test('a line that an overlay said leads to the overlay, and every other to the file below it', async () => {
  const [source, over] = [path.join(folder, 'shop.yaml'), path.join(folder, 'prod.yaml')];
  const placeOf = await descriptorPlaces('shop', { path: source, overlays: [over] });
  expect(placeOf?.('web', 'image', 'Description=web (web:2)')).toBe(`${over}:3`);
  expect(placeOf?.('web', 'stop_timeout', 'TimeoutStopSec=18')).toBe(`${source}:5`);
  expect(placeOf?.('web', 'ports', '  --publish 81:80/tcp \\\\')).toBe(`${over}:4`);
  expect(placeOf?.('web', 'ports', '  --publish 80:80/tcp \\\\')).toBe(`${source}:6`);
});

test.each([
  ['--stop-timeout', 'stop_timeout'],
  ['--publish', 'ports'],
  ['--cap-add', 'cap_add'],
  ['image, flags and command', 'image'],
  ['gate create.sh', null],
])('%s is the key %s of a descriptor', (from, key) => {
  expect(originKey(from)).toBe(key);
});
