import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { parseInstall } from '../../../src/core/descriptor/parse-install.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { runOnce } from '../../../src/flows/run-once.ts';
import { contextOn } from './gear-in-memory.ts';

const given = { environment: {}, directory: '/', files: {} };

function running(context: FlowContext): ReturnType<typeof runOnce> {
  const requests = parseInstall({ words: ['web:1', 'run-1'], flags: { 'stop-timeout': ['2m'] } }, given);
  const [request] = requests.ok ? requests.value : [];
  if (!request) throw new Error('no request');
  return runOnce(context, { request, engine: 'docker', pull: 'missing', terminal: false, quiet: false });
}

function withImage(): { readonly host: MemoryHost; readonly asked: readonly string[][] } {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  const asked: string[][] = [];
  host.onRun = (command) => {
    asked.push([...command]);
    return { status: 0, stdout: '', stderr: '' };
  };
  return { host, asked };
}

test('a run that is interrupted while its container is made removes it, with what it made for itself', async () => {
  const { host, asked } = withImage();
  const interrupt = new AbortController();
  const docker = await host.engine('docker');
  const create = docker.create.bind(docker);
  docker.create = (request) => create(request).finally(() => interrupt.abort());
  await running({ ...contextOn(host), signal: interrupt.signal });
  expect(asked.at(-1)?.slice(-5)).toEqual(['/usr/bin/docker', 'rm', '--force', '--volumes', 'ctr-run-1']);
});

test('a run that comes to its end is systemd’s to stop and to remove', async () => {
  const { host, asked } = withImage();
  await running(contextOn(host));
  const remove = 'exec "$$0" rm --force --volumes "$$1" >/dev/null 2>&1';
  expect(host.attached).toEqual([
    [
      ...['systemd-run', '--quiet', '--collect', '--wait', '--pipe', '--unit=ctr-run-1.service'],
      ...['--description=run-1 (web:1), once', '--slice=gear-run\\x2d1.slice', '--property=KillMode=mixed'],
      '--property=TimeoutStopSec=135',
      `--property=ExecStop=-/bin/sh -c '[ -z "$$MAINPID" ] || { "$$0" stop "$$1"; ${remove}; } >/dev/null 2>&1' /usr/bin/docker ctr-run-1`,
      `--property=ExecStopPost=-/bin/sh -c '${remove}' /usr/bin/docker ctr-run-1`,
      ...['--setenv=DOCKER_HOST=unix:///run/docker.sock', '--setenv=DOCKER_CONFIG=/var/lib/gear/empty'],
      ...['--', '/usr/bin/docker', 'start', '--attach', '--interactive', 'ctr-run-1'],
    ],
  ]);
  expect(asked).toEqual([]);
});
