import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../../../src/errors/failure.ts';
import { digestOf, inPieces } from '../../../support/saved-image.ts';
import type { Files } from '../../../../src/ports/files.ts';

export interface FilesUnderTest {
  readonly files: Files;
  /** An empty folder to work in. */
  readonly root: string;
  readonly modeOf: (path: string) => Promise<number>;
  /** Tells files apart, and hard links of one file not. */
  readonly inodeOf: (path: string) => Promise<number>;
  readonly close?: () => Promise<void>;
}

/** What the Files port promises, for every adapter of it. */
export function describeFiles(adapter: string, make: () => Promise<FilesUnderTest>): void {
  describe(`the files of a host, ${adapter}`, () => {
    let subject: FilesUnderTest;
    let files: Files;
    let root: string;

    beforeEach(async () => {
      subject = await make();
      ({ files, root } = subject);
    });
    afterEach(async () => subject.close?.());

    const textOf = async (path: string): Promise<string | null> => {
      const bytes = await files.read(path);
      return bytes === null ? null : Buffer.from(bytes).toString();
    };

    it('answers absence with data', async () => {
      expect(await files.read(`${root}/no`)).toBeNull();
      expect(await files.read(`${root}/no/deeper`)).toBeNull();
      expect(await files.list(`${root}/no`)).toEqual([]);
      expect(await files.readLink(`${root}/no`)).toBeNull();
      expect(await files.exists(`${root}/no`)).toBe(false);
      await files.remove(`${root}/no`);
      await files.removeFolder(`${root}/no`);
    });

    it('takes a path below a file for absent', async () => {
      await files.write(`${root}/file`, 'x', 0o644);
      expect(await files.read(`${root}/file/below`)).toBeNull();
      expect(await files.list(`${root}/file`)).toEqual([]);
      expect(await files.exists(`${root}/file/below`)).toBe(false);
    });

    it('writes a file with exactly the given mode and makes its folder', async () => {
      await files.write(`${root}/a/b/secret`, 'v', 0o600);
      await files.write(`${root}/a/open`, new Uint8Array([0, 255]), 0o666);
      expect(await textOf(`${root}/a/b/secret`)).toBe('v');
      expect(await subject.modeOf(`${root}/a/b/secret`)).toBe(0o600);
      expect(await subject.modeOf(`${root}/a/open`)).toBe(0o666);
      expect(Array.from((await files.read(`${root}/a/open`)) ?? [])).toEqual([0, 255]);
    });

    it('receives a compressed file under its name once its digest is right, and leaves nothing of another', async () => {
      const content = Buffer.alloc(300_000, 'layer');
      const digest = digestOf(content);
      await files.receive(`${root}/in/new/layer`, inPieces(gzipSync(content), 5), digest);
      expect(await textOf(`${root}/in/new/layer`)).toBe(content.toString());
      expect(await subject.modeOf(`${root}/in/new/layer`)).toBe(0o600);
      expect(await subject.modeOf(`${root}/in/new`)).toBe(0o700);
      for (const wrong of [gzipSync('other'), Buffer.from('no gzip'), gzipSync(content).subarray(0, 200)]) {
        const receiving = files.receive(`${root}/in/new/wrong`, inPieces(wrong), digest);
        await expect(receiving).rejects.toMatchObject({ failures: [{ code: 'IMAGE_DAMAGED' }] });
      }
      expect((await files.list(`${root}/in/new`)).map(({ name }) => name)).toEqual(['layer']);
    });

    it('replaces a file and leaves nothing beside it', async () => {
      await files.write(`${root}/f`, 'old', 0o644);
      await files.write(`${root}/f`, 'new', 0o600);
      expect(await textOf(`${root}/f`)).toBe('new');
      expect(await subject.modeOf(`${root}/f`)).toBe(0o600);
      expect(await files.list(root)).toEqual([{ name: 'f', kind: 'file' }]);
    });

    it('lists entries by name, links with their target, also dangling ones', async () => {
      await files.write(`${root}/b`, '', 0o644);
      await files.link(`${root}/a`, '/nowhere');
      await files.write(`${root}/C/x`, '', 0o644);
      expect(await files.list(root)).toEqual([
        { name: 'C', kind: 'directory' },
        { name: 'a', kind: 'symlink', target: '/nowhere' },
        { name: 'b', kind: 'file' },
      ]);
    });

    it('makes and replaces a link, and follows it', async () => {
      await files.write(`${root}/1/f`, 'one', 0o644);
      await files.write(`${root}/2/f`, 'two', 0o644);
      await files.link(`${root}/current`, '1');
      expect(await textOf(`${root}/current/f`)).toBe('one');
      await files.link(`${root}/current`, `${root}/2`);
      expect(await textOf(`${root}/current/f`)).toBe('two');
      expect(await files.readLink(`${root}/current`)).toBe(`${root}/2`);
      expect(await files.readLink(`${root}/1/f`)).toBeNull();
    });

    it('takes a dangling link for absent, but shows where it points', async () => {
      await files.link(`${root}/l`, 'gone');
      expect(await files.exists(`${root}/l`)).toBe(false);
      expect(await files.read(`${root}/l`)).toBeNull();
      expect(await files.readLink(`${root}/l`)).toBe('gone');
    });

    it('never replaces a file or folder by a link', async () => {
      await files.write(`${root}/d/f`, 'data', 0o644);
      await expect(files.link(`${root}/d/f`, 'x')).rejects.toThrow(FailureError);
      await expect(files.link(`${root}/d`, 'x')).rejects.toThrow(/EEXIST/);
      expect(await textOf(`${root}/d/f`)).toBe('data');
    });

    it('replaces a link by a file when a file is written over it', async () => {
      await files.write(`${root}/target`, 'target', 0o644);
      await files.link(`${root}/l`, 'target');
      await files.write(`${root}/l`, 'plain', 0o644);
      expect(await files.readLink(`${root}/l`)).toBeNull();
      expect(await textOf(`${root}/target`)).toBe('target');
    });

    it('removes a link and not what it points to', async () => {
      await files.write(`${root}/d/f`, 'x', 0o644);
      await files.link(`${root}/l`, 'd');
      await files.remove(`${root}/l`);
      expect(await files.list(root)).toEqual([{ name: 'd', kind: 'directory' }]);
      expect(await textOf(`${root}/d/f`)).toBe('x');
    });

    it('refuses to remove a folder as a file', async () => {
      await files.write(`${root}/d/f`, 'x', 0o644);
      await expect(files.remove(`${root}/d`)).rejects.toThrow(FailureError);
      expect(await textOf(`${root}/d/f`)).toBe('x');
    });

    it('removes a folder with all below it, links in it not followed', async () => {
      await files.write(`${root}/keep/f`, 'x', 0o644);
      await files.write(`${root}/d/e/f`, 'x', 0o644);
      await files.link(`${root}/d/out`, `${root}/keep`);
      await files.removeFolder(`${root}/d`);
      expect(await files.list(root)).toEqual([{ name: 'keep', kind: 'directory' }]);
      expect(await textOf(`${root}/keep/f`)).toBe('x');
    });

    it('writes a whole folder with modes of its own and nothing beside it', async () => {
      await files.writeFolder(`${root}/gen/1`, [
        { path: 'manifest.json', mode: 0o644, content: '{}' },
        { path: 'units/a.service', mode: 0o600, content: 'A' },
      ]);
      expect(await files.list(`${root}/gen`)).toEqual([{ name: '1', kind: 'directory' }]);
      expect(await textOf(`${root}/gen/1/units/a.service`)).toBe('A');
      expect(await subject.modeOf(`${root}/gen/1/units/a.service`)).toBe(0o600);
      expect(await subject.modeOf(`${root}/gen/1/manifest.json`)).toBe(0o644);
      expect(await subject.modeOf(`${root}/gen/1/units`)).toBe(0o755);
    });

    it('writes files into a folder that may be there, each anew, and leaves its other files', async () => {
      await files.write(`${root}/out/other`, 'kept', 0o644);
      await files.write(`${root}/out/a.service.tmp`, 'of a crash', 0o644);
      for (const content of ['old', 'new'])
        await files.writeInto(`${root}/out`, [{ path: 'a.service', mode: 0o644, content }]);
      await files.writeInto(`${root}/not/yet`, [{ path: 'b', mode: 0o600, content: 'B' }]);
      expect(await textOf(`${root}/out/a.service`)).toBe('new');
      expect(await textOf(`${root}/out/other`)).toBe('kept');
      expect(await textOf(`${root}/not/yet/b`)).toBe('B');
      expect((await files.list(`${root}/not`)).map(({ name }) => name)).toEqual(['yet']);
      expect(await subject.modeOf(`${root}/out/a.service`)).toBe(0o644);
      expect(await subject.modeOf(`${root}/not/yet/b`)).toBe(0o600);
    });

    it('puts no file into a folder when not all of them come', async () => {
      function* cut() {
        yield { path: 'a', mode: 0o644, content: 'new' };
        throw new Error('cut');
      }
      await files.write(`${root}/out/a`, 'old', 0o644);
      for (const folder of ['out', 'absent'])
        await expect(files.writeInto(`${root}/${folder}`, cut())).rejects.toThrow('cut');
      expect(await textOf(`${root}/out/a`)).toBe('old');
      expect(await files.list(`${root}/out`)).toEqual([{ name: 'a', kind: 'file' }]);
      expect((await files.list(root)).map(({ name }) => name)).toEqual(['out']);
    });

    it('writes an empty folder', async () => {
      await files.writeFolder(`${root}/empty`, []);
      expect(await files.exists(`${root}/empty`)).toBe(true);
    });

    it('serves sameAs by a hard link, and by a copy where the mode differs', async () => {
      await files.writeFolder(`${root}/1`, [{ path: 'u', mode: 0o644, content: 'same' }]);
      await files.writeFolder(`${root}/2`, [
        { path: 'u', mode: 0o644, sameAs: `${root}/1/u` },
        { path: 'v', mode: 0o600, sameAs: `${root}/1/u` },
      ]);
      expect(await subject.inodeOf(`${root}/2/u`)).toBe(await subject.inodeOf(`${root}/1/u`));
      expect(await subject.inodeOf(`${root}/2/v`)).not.toBe(await subject.inodeOf(`${root}/1/u`));
      expect(await textOf(`${root}/2/v`)).toBe('same');
      expect(await subject.modeOf(`${root}/1/u`)).toBe(0o644);
    });

    it('keeps the content of the old folder when the new one is removed', async () => {
      await files.writeFolder(`${root}/1`, [{ path: 'u', mode: 0o644, content: 'same' }]);
      await files.writeFolder(`${root}/2`, [{ path: 'u', mode: 0o644, sameAs: `${root}/1/u` }]);
      await files.removeFolder(`${root}/1`);
      expect(await textOf(`${root}/2/u`)).toBe('same');
    });

    it('refuses a folder that exists, even an empty one, and leaves it alone', async () => {
      await files.writeFolder(`${root}/1`, []);
      await expect(files.writeFolder(`${root}/1`, [{ path: 'u', mode: 0o644, content: '' }])).rejects.toThrow(
        /EEXIST/,
      );
      expect(await files.list(`${root}/1`)).toEqual([]);
      expect(await files.list(root)).toEqual([{ name: '1', kind: 'directory' }]);
    });

    it('fails and leaves nothing when sameAs does not exist and no content was given', async () => {
      const missing = { path: 'u', mode: 0o644, sameAs: `${root}/gone` };
      await expect(files.writeFolder(`${root}/1`, [missing])).rejects.toThrow(/ENOENT/);
      expect(await files.list(root)).toEqual([]);
    });

    it('replaces what a crash left half written', async () => {
      await files.write(`${root}/1.tmp/units/stale`, 'half', 0o644);
      await files.writeFolder(`${root}/1`, [{ path: 'u', mode: 0o644, content: 'whole' }]);
      expect(await files.list(`${root}/1`)).toEqual([{ name: 'u', kind: 'file' }]);
      expect(await files.exists(`${root}/1.tmp`)).toBe(false);
    });

    it('takes a path that leaves the folder for a bug', async () => {
      await expect(
        files.writeFolder(`${root}/1`, [{ path: '../x', mode: 0o644, content: '' }]),
      ).rejects.toThrow(TypeError);
      expect(await files.list(root)).toEqual([]);
    });

    it('knows the free space also of a path that does not exist yet', async () => {
      expect(await files.freeBytes(`${root}/not/yet`)).toBeGreaterThan(0);
    });
  });
}
