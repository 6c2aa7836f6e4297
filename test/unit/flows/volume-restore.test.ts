import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { byteDigest } from '../../../src/adapters/files/byte-streams.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { CommandResult } from '../../../src/ports/host.ts';
import { restoreVolume } from '../../../src/flows/volume-restore.ts';
import type { Emit } from '../../../src/report/events.ts';
import { contextOn } from './gear-in-memory.ts';

const folder = '/volumes/data/_data';
const tar = execFileSync('tar', ['-cf', '-', '-C', import.meta.dirname, 'volume-restore.test.ts']);
const done: CommandResult = { status: 0, stdout: '', stderr: '' };

/** A host with a volume that has data; its commands move, make and remove folders, and unpack a file `new`. */
function hostWithVolume(): MemoryHost {
  const host = new MemoryHost({ engines: ['docker'] });
  host.docker.volumes.set('data', {});
  const { tree } = host.files;
  host.files.place(`${folder}/old`, '');
  host.onRun = (command) => {
    if (command.includes('inspect'))
      return { ...done, stdout: JSON.stringify([{ Name: 'data', Driver: 'local', Mountpoint: folder }]) };
    const [program] = command;
    const paths = command.slice(command.indexOf('--') + 1);
    const [from = '', to = ''] = paths;
    if (program === 'rm') for (const path of paths) tree.take(path);
    if (program === 'mkdir') {
      if (tree.find(from) !== null) return { ...done, status: 1, stderr: 'File exists' };
      tree.makeFolder(from);
    }
    if (program === 'mv') {
      const moved = tree.find(from);
      if (moved === null) return { ...done, status: 1, stderr: 'No such file or directory' };
      tree.take(from);
      tree.put(to, moved);
    }
    return done;
  };
  host.onPipe = (command) => {
    const target = command.at(-1) ?? '';
    if (tree.find(target) === null) return { status: 2, stderr: 'Cannot open: No such file or directory' };
    host.files.place(`${target}/new`, '');
    return { status: 0, stderr: '' };
  };
  return host;
}

async function* archive(onReading?: () => Promise<void>): AsyncGenerator<Uint8Array> {
  yield tar.subarray(0, 2048);
  await onReading?.();
  yield tar.subarray(2048);
}

function restore(host: MemoryHost, source = archive(), emit: Emit = () => undefined) {
  const input = { volume: 'data', file: 'x.tar', source, digest: byteDigest(), force: true };
  return restoreVolume({ ...contextOn(host), emit }, input);
}

const names = async (host: MemoryHost, path: string) => (await host.files.list(path)).map(({ name }) => name);

test('a second restore of a volume waits for the first, and destroys nothing of it', async () => {
  const host = hostWithVolume();
  let second: ReturnType<typeof restore> | undefined;
  // While the first unpacks, the second comes as far as it can.
  const first = await restore(
    host,
    archive(
      () =>
        new Promise((resolve) => {
          second = restore(host, archive(), ({ type }) => {
            if (type === 'waiting') resolve();
          });
          void second.then(() => resolve());
        }),
    ),
  );
  expect([first, await second]).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await names(host, folder)).toEqual(['new']);
  expect(await names(host, '/volumes/data')).toEqual(['_data']);
});

test('who lost the lock of the volume leaves what is unpacked there to whoever has it now', async () => {
  const host = hostWithVolume();
  const extract = host.onPipe;
  host.onPipe = (...given) => {
    host.volumeLock('docker-data').lose();
    return extract(...given);
  };
  expect(await restore(host)).toMatchObject({ ok: false, failures: [{ code: 'LOCKED' }] });
  expect(await names(host, '/volumes/data')).toEqual(['_data', '_data.gear-restore']);
  expect(await names(host, folder)).toEqual(['old']);
});

test('data that could not be replaced is back in its place', async () => {
  const host = hostWithVolume();
  const { onRun } = host;
  host.onRun = (command) =>
    command[0] === 'mv' && command.includes(`${folder}.gear-restore`)
      ? { ...done, status: 1, stderr: 'Input/output error' }
      : onRun(command);
  expect(await restore(host)).toMatchObject({ ok: false, failures: [{ code: 'VOLUME_FAILED' }] });
  expect(await names(host, folder)).toEqual(['old']);
  expect(await names(host, '/volumes/data')).toEqual(['_data']);
});
