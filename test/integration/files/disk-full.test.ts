import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalFiles } from '../../../src/adapters/files/local.ts';
import { FailureError } from '../../../src/errors/failure.ts';

const files = createLocalFiles();
const big = { path: 'units/big', mode: 0o644, content: 'x'.repeat(200_000) };

/** Only root can mount the small file system that these tests fill. */
describe.runIf(process.geteuid?.() === 0)('a full disk', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'gear-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', root]);
  });
  afterEach(() => {
    execFileSync('umount', [root]);
    rmdirSync(root);
  });

  it('is told with the path and what to do, and leaves the folder absent and no temporary', async () => {
    await files.writeFolder(`${root}/1`, [{ path: 'units/a', mode: 0o644, content: 'a' }]);
    const failed = await files.writeFolder(`${root}/2`, [{ path: 'a', mode: 0o644, content: '' }, big]).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(FailureError);
    expect((failed as FailureError).failures[0]).toMatchObject({ code: 'DISK_FULL', subject: `${root}/2` });
    expect(await files.list(root)).toEqual([{ name: '1', kind: 'directory' }]);
    await files.writeFolder(`${root}/2`, [{ path: 'units/a', mode: 0o644, sameAs: `${root}/1/units/a` }]);
  });

  it('keeps the old content of a single file', async () => {
    await files.write(`${root}/f`, 'old', 0o600);
    await expect(files.write(`${root}/f`, big.content, 0o600)).rejects.toThrow(/ENOSPC/);
    expect(Buffer.from((await files.read(`${root}/f`)) ?? []).toString()).toBe('old');
    expect(await files.list(root)).toEqual([{ name: 'f', kind: 'file' }]);
  });

  it('is seen beforehand in the free bytes', async () => {
    const before = await files.freeBytes(`${root}/not/yet`);
    expect(before).toBeLessThanOrEqual(128 * 1024);
    await files.write(`${root}/f`, 'x'.repeat(64 * 1024), 0o600);
    expect(await files.freeBytes(root)).toBeLessThanOrEqual(before - 64 * 1024);
  });

  it('copies where a hard link cannot reach', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'gear-elsewhere-'));
    await files.write(`${elsewhere}/u`, 'same', 0o644);
    await files.writeFolder(`${root}/1`, [{ path: 'u', mode: 0o644, sameAs: `${elsewhere}/u` }]);
    expect(Buffer.from((await files.read(`${root}/1/u`)) ?? []).toString()).toBe('same');
    await files.removeFolder(elsewhere);
  });
});
