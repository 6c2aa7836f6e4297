import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { parseInstall } from '../../../src/core/descriptor/parse-install.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { labelOf, runLabel } from '../../../src/flows/image-labels.ts';
import { runOnce } from '../../../src/flows/run-once.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

const given = { environment: {}, directory: '/', files: {} };

function running(
  context: FlowContext,
  { name = 'run-1', env = [] }: { readonly name?: string; readonly env?: readonly string[] } = {},
): ReturnType<typeof runOnce> {
  const flags = { 'stop-timeout': ['2m'], env };
  const requests = parseInstall({ words: ['web:1', name], flags }, given);
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

/** A value that the engine's command would read itself, and so needs a file. */
const env = ['DOCKER_TOKEN=hovercraft', 'A=1'];

/** Tells the file of each container's values when the engine is asked for it, and lets something happen meanwhile. */
async function whileMade(host: MemoryHost, happens: (file: string) => Promise<void>): Promise<void> {
  const docker = await host.engine('docker');
  const create = docker.create.bind(docker);
  docker.create = async (request) => {
    const file = request.arguments[request.arguments.indexOf('--env-file') + 1] ?? '';
    expect(host.files.textOf(file)).toBe('DOCKER_TOKEN=hovercraft\n');
    expect(host.files.modeOf(file)).toBe(0o600);
    await happens(file);
    return create(request);
  };
}

test('what is installed with the same values meanwhile keeps its files', async () => {
  const { host } = withImage();
  let made = 0;
  await whileMade(host, async () => {
    made += 1;
    if (made === 1) await run(host, installing(['web:1', 'web'], { engine: 'docker', flags: { env } }));
  });
  await running(contextOn(host), { env });
  expect(made).toBe(2);
  const kept = (await host.files.list(paths.files)).map(({ name }) => name.replace(/^\w+/, 'H'));
  expect(kept).toEqual(['H', 'H.json', 'H.raw']);
});

test('two runs at once take no file of each other away, and leave none', async () => {
  const { host } = withImage();
  const files: string[] = [];
  await whileMade(host, async (file) => {
    files.push(file);
    if (files.length > 1) return;
    await running(contextOn(host), { name: 'run-2', env });
    expect(host.files.textOf(file)).toBe('DOCKER_TOKEN=hovercraft\n');
  });
  await running(contextOn(host), { env });
  expect(new Set(files).size).toBe(2);
  for (const file of files) expect(await host.files.exists(file)).toBe(false);
  expect(await host.files.list(paths.files)).toEqual([]);
});

test('a run makes no key for the host: that takes the lock', async () => {
  const { host } = withImage();
  await running(contextOn(host), { env: ['A=1'] });
  expect(await host.files.exists(paths.key)).toBe(false);
});

test('a run that has the name of what is installed does not stop that', async () => {
  const { host } = withImage();
  await run(host, installing(['web:1', 'web-install'], { engine: 'docker' }));
  await running(contextOn(host), { name: 'web-install' });
  const [state] = await (await host.systemd()).units(['ctr-web-install.service']);
  expect(state?.activeState).toBe('active');
});

test('a label runs under a name that nothing else has', async () => {
  const { host } = withImage();
  await run(host, installing(['web:1', 'web-install'], { engine: 'docker' }));
  const shown = { label: 'INSTALL', words: ['docker', 'run', 'web:1'] } as const;
  const variables = { NAME: 'web', IMAGE: 'web:1' };
  const label = labelOf({ INSTALL: 'docker run web:1' }, 'INSTALL', variables);
  expect(label?.shown).toEqual(shown);
  if (label === null) return;
  await runLabel({ ...contextOn(host), pid: 77 }, label, 'web', 'docker');
  const [line = []] = host.attached;
  expect(line.find((word) => word.startsWith('--unit='))).toMatch(
    /^--unit=ctr-install-[0-9a-z]+-77\.service$/,
  );
});
