import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { byteDigest } from '../../../src/adapters/files/byte-streams.ts';
import { archiveSeal } from '../../../src/core/model/volume-archive.ts';
import { attempt } from '../../../src/errors/failure.ts';
import { archiveWriter, openArchive } from '../../../src/flows/volume-stream.ts';
import { valueOf } from '../core/descriptor/expectations.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gear-volume-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(path.join(folder, 'a'), 'content of a');
const tar = execFileSync('tar', ['-cf', '-', '-C', folder, 'a']);
const origin = {
  volume: 'shop_db',
  engine: 'docker',
  labels: { 'gear.name': 'shop.db', 'gear.owner': 'shop' },
} as const;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function archived(): Promise<Buffer> {
  const writer = archiveWriter(origin, byteDigest());
  const body = await collect(writer.body(pieces(tar, 700)));
  return Buffer.concat([body, archiveSeal(writer.seal())]);
}

async function restored(bytes: Uint8Array, size = 1000) {
  return attempt(async () => {
    const opened = await openArchive(pieces(bytes, size), 'x.tar', byteDigest());
    return { origin: opened.origin, tar: await collect(opened.tar) };
  });
}

test('an archive tells whose it is, and gives back what tar wrote, in pieces of any size', async () => {
  const whole = await archived();
  for (const size of [1, 511, 512, 513, whole.length]) {
    const value = valueOf(await restored(whole, size));
    expect(value.origin).toEqual(origin);
    expect(value.tar.subarray(-tar.length).equals(tar)).toBe(true);
  }
});

test('tar itself reads an archive, and sees its files alone', async () => {
  const file = path.join(folder, 'x.tar');
  writeFileSync(file, await archived());
  const told = execFileSync('tar', ['-tf', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  expect(String(told)).toBe('a\n');
});

test('an archive that is cut anywhere, or has another byte anywhere, is refused', async () => {
  const whole = await archived();
  for (let at = 0; at < whole.length; at += 97) {
    expect(await restored(whole.subarray(0, at)), `cut at ${String(at)}`).toMatchObject({
      failures: [{ code: 'BACKUP_INVALID' }],
    });
  }
  for (let at = 1024; at < whole.length - 512; at += 89) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await restored(changed), `changed at ${String(at)}`).toMatchObject({
      failures: [{ code: 'BACKUP_INVALID' }],
    });
  }
});

test('an archive of tar is taken as it is, and refused without its end', async () => {
  expect(valueOf(await restored(tar))).toMatchObject({ origin: null });
  expect(valueOf(await restored(tar)).tar.equals(tar)).toBe(true);
  expect(await restored(tar.subarray(0, 1024))).toMatchObject({ failures: [{ code: 'BACKUP_INVALID' }] });
});

test('what is compressed, or no archive, is refused with what to do', async () => {
  expect(await restored(Buffer.from([0x1f, 0x8b, 8]))).toMatchObject({
    failures: [{ next: 'unpack it on the way: gzip -dc FILE | gear volume restore VOLUME -' }],
  });
  expect(await restored(Buffer.from('root:x:0:0'))).toMatchObject({
    failures: [{ message: 'x.tar is no tar archive' }],
  });
  expect(await restored(Buffer.alloc(0))).toMatchObject({ failures: [{ code: 'BACKUP_INVALID' }] });
});

test('labels of an archive are names of gear or nothing', async () => {
  const labels = { 'gear.owner': '../../etc', 'com.docker.x': 'y', 'gear.name': 'shop.db' };
  const writer = archiveWriter({ volume: 'v', labels }, byteDigest());
  const body = await collect(writer.body(pieces(tar, 512)));
  const whole = Buffer.concat([body, archiveSeal(writer.seal())]);
  expect(valueOf(await restored(whole)).origin?.labels).toEqual({ 'gear.name': 'shop.db' });
});
