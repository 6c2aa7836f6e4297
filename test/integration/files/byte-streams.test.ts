import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSink } from '../../../src/adapters/files/byte-streams.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-bytes-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = () => Readable.from([Buffer.from('data')]) as AsyncIterable<Uint8Array>;

test('what is to lie in a folder that is not there says so of the folder, and how to make it', async () => {
  const missing = path.join(folder, 'backup');
  const sink = fileSink(path.join(missing, 'data.tar'));
  await expect(sink.write(bytes())).rejects.toMatchObject({
    failures: [{ message: `the folder "${missing}" does not exist`, next: `mkdir -p ${missing}` }],
  });
  await sink.abandon();
});

test('a file is there once all of it is', async () => {
  const file = path.join(folder, 'data.tar');
  const sink = fileSink(file);
  await sink.write(bytes());
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  await sink.finish();
  expect(await readFile(file, 'utf8')).toBe('data');
});
