import { lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLocalFiles } from '../../../src/adapters/files/local.ts';
import { createRemoteFiles } from '../../../src/adapters/ssh/files.ts';
import type { Files } from '../../../src/ports/files.ts';
import { standIn } from './stand-in.ts';

const hostile = 'it\'s a "file" \\ $HOME `id` *\nline';
const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * 7) % 256);

describe.each(['here', 'over ssh'])('files %s', (where) => {
  let files: Files;
  let home: string;
  let end = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    if (where === 'here') files = createLocalFiles();
    else {
      const remote = await standIn('echo noise of a profile; printf unfinished');
      files = createRemoteFiles(remote.link);
      end = remote.end;
    }
  });
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'gear-files-'));
    return () => rm(home, { recursive: true });
  });
  afterAll(() => end());

  test('come back byte for byte, with their mode, whatever their name is', async () => {
    const path = join(home, 'deep', hostile);
    await files.write(path, bytes, 0o600, 0o700);
    expect(await files.read(path)).toEqual(Buffer.from(bytes));
    expect((await stat(path)).mode & 0o7777).toBe(0o600);
    expect((await stat(join(home, 'deep'))).mode & 0o7777).toBe(0o700);
    await files.write(path, '', 0o644);
    expect(await files.read(path)).toHaveLength(0);
    expect((await files.list(join(home, 'deep'))).map(({ name }) => name)).toEqual([hostile]);
  });

  test('that are absent are no error', async () => {
    const absent = join(home, 'no', 'where');
    expect(await files.read(absent)).toBeNull();
    expect(await files.list(absent)).toEqual([]);
    expect(await files.readLink(absent)).toBeNull();
    expect(await files.exists(absent)).toBe(false);
    await files.remove(absent);
    await files.removeFolder(absent);
    expect(await files.freeBytes(absent)).toBeGreaterThan(0);
  });

  test('are listed with kind and target, by name, also through a link to the folder', async () => {
    await mkdir(join(home, 'real/b'), { recursive: true });
    await writeFile(join(home, 'real/a'), '');
    await symlink('/no where', join(home, 'real/c'));
    await symlink('real', join(home, 'link'));
    expect(await files.list(join(home, 'link'))).toEqual([
      { name: 'a', kind: 'file' },
      { name: 'b', kind: 'directory' },
      { name: 'c', kind: 'symlink', target: '/no where' },
    ]);
    expect(await files.readLink(join(home, 'link'))).toBe('real');
    expect(await files.readLink(join(home, 'real/a'))).toBeNull();
    expect(await files.exists(join(home, 'real/c'))).toBe(false);
  });

  test('of a folder are written whole, what is there already as hard links', async () => {
    const long = `units/${'x'.repeat(90)}/${'y'.repeat(60)}.service`;
    await files.writeFolder(join(home, 'generations/1'), [
      { path: 'units/a', mode: 0o644, content: 'one' },
      { path: long, mode: 0o644, content: bytes },
    ]);
    await files.writeFolder(join(home, 'generations/2'), [
      { path: 'units/a', mode: 0o644, sameAs: join(home, 'generations/1/units/a') },
      { path: long, mode: 0o644, sameAs: join(home, 'generations/1', long) },
      { path: 'gates/run.sh', mode: 0o755, content: 'two' },
    ]);
    const [first, second] = await Promise.all(
      ['1', '2'].map((number) => lstat(join(home, 'generations', number, 'units/a'))),
    );
    expect(second?.ino).toBe(first?.ino);
    expect(await readFile(join(home, 'generations/2', long))).toEqual(Buffer.from(bytes));
    expect((await stat(join(home, 'generations/2/gates/run.sh'))).mode & 0o777).toBe(0o755);
    expect((await files.list(join(home, 'generations'))).map(({ name }) => name)).toEqual(['1', '2']);
  });

  test('that a link cannot be made to are written with their content', async () => {
    await files.writeFolder(join(home, '1'), [
      { path: 'a', mode: 0o644, content: 'content', sameAs: join(home, 'gone') },
      { path: 'b', mode: 0o644, content: 'other' },
    ]);
    expect(await readFile(join(home, '1/a'), 'utf8')).toBe('content');
    expect(await readFile(join(home, '1/b'), 'utf8')).toBe('other');
  });

  test('of a folder that is there are refused, and it stays', async () => {
    await files.writeFolder(join(home, '1'), [{ path: 'a', mode: 0o644, content: 'old' }]);
    const again = files.writeFolder(join(home, '1'), [{ path: 'a', mode: 0o644, content: 'new' }]);
    await expect(again).rejects.toMatchObject({ failures: [{ code: 'FILE_FAILED' }] });
    expect(await readFile(join(home, '1/a'), 'utf8')).toBe('old');
  });

  test('are put beside others in a folder, and replace what they replace', async () => {
    await files.writeInto(join(home, 'notes'), [{ path: 'a', mode: 0o644, content: 'old' }]);
    await files.writeInto(join(home, 'notes'), [
      { path: 'a', mode: 0o600, content: 'new' },
      { path: 'b', mode: 0o644, content: bytes },
    ]);
    expect((await files.list(join(home, 'notes'))).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await files.read(join(home, 'notes/a'))).toEqual(Buffer.from('new'));
    expect((await stat(join(home, 'notes/a'))).mode & 0o777).toBe(0o600);
  });

  test('are linked by one rename, and a link never replaces what is none', async () => {
    await files.link(join(home, 'links/current'), hostile);
    await files.link(join(home, 'links/current'), 'elsewhere');
    expect(await readlink(join(home, 'links/current'))).toBe('elsewhere');
    await writeFile(join(home, 'data'), 'mine');
    await expect(files.link(join(home, 'data'), 'x')).rejects.toMatchObject({
      failures: [{ code: 'FILE_FAILED' }],
    });
    expect(await readFile(join(home, 'data'), 'utf8')).toBe('mine');
  });

  test('go with all that is below them', async () => {
    await files.write(join(home, 'folder/deep/a'), 'a', 0o644);
    await files.removeFolder(join(home, 'folder'));
    expect(await files.list(home)).toEqual([]);
  });

  test('that cannot be written say so with the path, and leave nothing', async () => {
    await writeFile(join(home, 'file'), '');
    const below = files.write(join(home, 'file/below'), 'x', 0o644);
    await expect(below).rejects.toMatchObject({ failures: [{ code: 'FILE_FAILED' }] });
    expect(await files.list(home)).toEqual([{ name: 'file', kind: 'file' }]);
  });
});

test('a folder travels as one compressed stream, without what the host has already', async () => {
  const home = await mkdtemp(join(tmpdir(), 'gear-files-'));
  const { link, end } = await standIn();
  const files = createRemoteFiles(link);
  const request = vi.spyOn(link, 'request');
  const sent = () => request.mock.calls.map(([name, , content]) => [name, content?.length ?? 0] as const);
  try {
    const [large, noise] = [Buffer.alloc(1_000_000, 'compressible '), randomBytes(200_000)];
    await files.writeFolder(join(home, '1'), [
      { path: 'large', mode: 0o644, content: large },
      { path: 'noise', mode: 0o644, content: noise },
    ]);
    const [[name, first] = ['', 0], ...more] = sent();
    expect([name, more]).toEqual(['write_folder', []]);
    expect(first).toBeLessThan(noise.length + large.length / 50);

    request.mockClear();
    await files.writeFolder(join(home, '2'), [
      { path: 'large', mode: 0o644, sameAs: join(home, '1/large') },
      { path: 'noise', mode: 0o644, sameAs: join(home, '1/noise') },
      { path: 'new', mode: 0o644, content: 'new' },
    ]);
    expect(sent()).toEqual([['write_folder', expect.any(Number)]]);
    expect(sent()[0]?.[1]).toBeLessThan(1_000);
    expect(await readFile(join(home, '2/noise'))).toEqual(noise);
  } finally {
    await end();
    await rm(home, { recursive: true });
  }
});
