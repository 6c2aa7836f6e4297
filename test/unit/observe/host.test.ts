import { expect, test, vi } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import { observeHost } from '../../../src/observe/host.ts';

const options = { engines: ['docker'], instances: [] } as const;

function deferred() {
  let resolve!: (value: null) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<null>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** A host whose manifest takes its time, as that of one far away. */
function withSlowManifest() {
  const host = new MemoryHost();
  const read = host.files.read.bind(host.files);
  const { promise, reject, resolve } = deferred();
  vi.spyOn(host.files, 'read').mockImplementation((path) =>
    path === `${paths.current}/manifest.json` ? promise : read(path),
  );
  return { host, resolve, reject };
}

test('units and the containers of engines are asked for while the manifest is read, once', async () => {
  const { host, resolve } = withSlowManifest();
  const [systemd, docker] = [await host.systemd(), await host.engine('docker')];
  const asked = [vi.spyOn(systemd, 'list'), vi.spyOn(docker, 'everyContainer')];
  const observing = observeHost(host, options);
  await vi.waitFor(() => {
    for (const each of asked) expect(each).toHaveBeenCalledOnce();
  });
  resolve(null);
  expect((await observing).manifest).toBeNull();
  for (const each of asked) expect(each).toHaveBeenCalledOnce();
});

test('what is wrong with the manifest is told before what is wrong with an engine', async () => {
  const { host, reject } = withSlowManifest();
  const docker = await host.engine('docker');
  const failure = (code: 'ENGINE_ABSENT' | 'MANIFEST_INVALID') =>
    new FailureError({ code, message: 'no', next: 'mend it' });
  vi.spyOn(docker, 'everyContainer').mockRejectedValue(failure('ENGINE_ABSENT'));
  const observing = observeHost(host, options);
  reject(failure('MANIFEST_INVALID'));
  await expect(observing).rejects.toMatchObject({ failures: [{ code: 'MANIFEST_INVALID' }] });
});
