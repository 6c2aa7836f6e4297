import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendLines } from '../../../../src/adapters/ssh/append-lines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-lines-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const line = 'web ssh-ed25519 AAAA\n';

test.each([
  ['absent', undefined, line],
  ['empty', '', line],
  ['whole', 'db ssh-rsa BBBB\n', `db ssh-rsa BBBB\n${line}`],
  ['without its last newline', 'db ssh-rsa BBBB', `db ssh-rsa BBBB\n${line}`],
])('a file that is %s gets lines of their own', async (_, before, after) => {
  const file = join(folder, 'known_hosts');
  if (before !== undefined) writeFileSync(file, before, { mode: 0o600 });
  await appendLines(file, line);
  expect(readFileSync(file, 'utf8')).toBe(after);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
