import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSink } from '../../../../src/adapters/files/byte-streams.ts';
import { FailureError } from '../../../../src/errors/failure.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-sink-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

test('what somebody planted beside the file is neither followed nor written to', async () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'untouched', { mode: 0o644 });
  symlinkSync(victim, join(folder, 'x.part'));
  const sink = fileSink(join(folder, 'x'));
  await sink.write(bytes('sec'));
  await sink.write(bytes('ret'));
  // Nobody can know the name that the file has until it is whole.
  const [part = ''] = readdirSync(folder).filter((name) => !['victim', 'x.part'].includes(name));
  expect(part).toMatch(/^x\.[0-9a-f]{16}\.part$/);
  expect(lstatSync(join(folder, part)).mode & 0o777).toBe(0o600);
  await sink.finish();
  expect(readFileSync(victim, 'utf8')).toBe('untouched');
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('secret');
  expect(readdirSync(folder)).toEqual(['victim', 'x', 'x.part']);
});

test('what is abandoned leaves nothing, whether or not it could be opened', async () => {
  const sink = fileSink(join(folder, 'x'));
  await sink.write(bytes('half'));
  await sink.abandon();
  expect(readdirSync(folder)).toEqual([]);
  const refused = fileSink(join(folder, 'absent', 'x'));
  await expect(refused.write(bytes('half'))).rejects.toBeInstanceOf(FailureError);
  await refused.abandon();
  expect(readdirSync(folder)).toEqual([]);
});
