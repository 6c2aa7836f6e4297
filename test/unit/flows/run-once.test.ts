import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { parseInstall } from '../../../src/core/descriptor/parse-install.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { runOnce } from '../../../src/flows/run-once.ts';
import { contextOn } from './gear-in-memory.ts';

function running(context: FlowContext): ReturnType<typeof runOnce> {
  const requests = parseInstall(
    { words: ['web:1', 'run-1'], flags: {} },
    { environment: {}, directory: '/', files: {} },
  );
  const [request] = requests.ok ? requests.value : [];
  if (!request) throw new Error('no request');
  return runOnce(context, { request, engine: 'docker', pull: 'missing', terminal: false, quiet: false });
}

test('a run that is interrupted while its container is made leaves none', async () => {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  const interrupt = new AbortController();
  const docker = await host.engine('docker');
  const create = docker.create.bind(docker);
  docker.create = (request) => create(request).finally(() => interrupt.abort());
  const result = await running({ ...contextOn(host), signal: interrupt.signal });
  expect(result.ok).toBe(true);
  expect(await docker.everyContainer()).toEqual([]);
});

test('a run that comes to its end is handed to systemd, which removes its container', async () => {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  await running(contextOn(host));
  const [line] = host.attached;
  expect(line?.slice(0, 2)).toEqual(['systemd-run', '--quiet']);
  expect(line).toContainEqual(expect.stringMatching(/^--property=ExecStopPost=-.* rm --force /));
});
