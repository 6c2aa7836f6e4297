import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalHost } from '../../../src/adapters/host/local.ts';
import { runLocal } from '../../../src/adapters/host/run.ts';
import { journalctl } from '../../../src/adapters/systemd/journalctl.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import type { Systemd } from '../../../src/ports/systemd.ts';

const gone = new FailureError({ code: 'SYSTEMD_ABSENT', message: 'no bus', next: 'boot with systemd' });

describe('the facts of this machine', () => {
  it('are what the machine itself says', async () => {
    const facts = await createLocalHost({ detectEngines: () => Promise.resolve(['podman']) }).facts();
    expect(facts.uid).toBe(process.geteuid?.());
    expect(facts.name).toBe((await runLocal(['uname', '-n'])).stdout.trim());
    expect(facts.systemdIsInit).toBe((await runLocal(['test', '-d', '/run/systemd/system'])).status === 0);
    expect(facts.engines).toEqual(['podman']);
  });
});

describe('what listens here', () => {
  it('shows a port as long as it is open', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const socket = { protocol: 'tcp', address: '127.0.0.1', port };
    const host = createLocalHost();
    expect(await host.listening()).toContainEqual(socket);
    await new Promise((resolve) => server.close(resolve));
    expect(await host.listening()).not.toContainEqual(socket);
  });
});

describe('a command on this machine', () => {
  it('gets its arguments as they are and its input, and tells how it ended', async () => {
    const hostile = '$(id) `id` "\' \\ \n %s';
    expect(await runLocal(['printf', '%s', hostile])).toEqual({ status: 0, stdout: hostile, stderr: '' });
    expect((await runLocal(['cat'], 'given')).stdout).toBe('given');
    expect(await runLocal(['sh', '-c', 'echo why >&2; exit 3'])).toMatchObject({
      status: 3,
      stderr: 'why\n',
    });
  });

  it('that does not exist, does not end, or is killed answers as a shell would', async () => {
    expect((await runLocal(['/no/such/command'])).status).toBe(127);
    expect(await runLocal(['sleep', '60'], undefined, { timeoutMs: 50 })).toMatchObject({ status: 124 });
    expect((await runLocal(['sh', '-c', 'kill -9 $$'])).status).toBe(128);
  });

  it('sees no secret of the environment of gear', async () => {
    process.env['GEAR_TEST_SECRET'] = 'hidden';
    expect((await runLocal(['env'])).stdout).not.toContain('hidden');
    delete process.env['GEAR_TEST_SECRET'];
  });
});

describe('what was interrupted before it begins', () => {
  const signal = AbortSignal.abort();
  const endless = ['sleep', '2147483647'] as const;

  it('is not started where it would have the streams of gear', async () => {
    expect(await createLocalHost().attach(endless, { signal })).toBe(143);
  });

  it('is not started where bytes go through it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gear-pipe-'));
    const begun = join(folder, 'begun');
    const script = ['sh', '-c', `trap '' TERM; : >"$0"`, begun];
    await expect(createLocalHost().pipe(script, { signal })).rejects.toBe(signal.reason);
    await expect(access(begun)).rejects.toThrow('ENOENT');
    await rm(folder, { recursive: true });
  });

  it('is not read where it is a journal that is followed', async () => {
    const late = new AbortController();
    const lines = journalctl(endless, late.signal).next();
    late.abort();
    expect(await lines).toEqual({ done: true, value: undefined });
  });
});

describe('the connections of the host', () => {
  const systemd = { close: () => undefined } as unknown as Systemd;

  it('are made on first use, once', async () => {
    let made = 0;
    const host = createLocalHost({ connectSystemd: () => Promise.resolve(systemd).finally(() => made++) });
    expect(made).toBe(0);
    expect(await Promise.all([host.systemd(), host.systemd()])).toEqual([systemd, systemd]);
    expect(made).toBe(1);
    await host.close();
  });

  it('are tried again after one that failed', async () => {
    let tries = 0;
    const host = createLocalHost({
      connectSystemd: () => (++tries === 1 ? Promise.reject(gone) : Promise.resolve(systemd)),
    });
    await expect(host.systemd()).rejects.toThrow('no bus');
    expect(await host.systemd()).toBe(systemd);
  });

  it('close what is open, and only that', async () => {
    let closed = 0;
    const closing = { close: () => closed++ } as unknown as Systemd;
    const host = createLocalHost({ connectSystemd: () => Promise.resolve(closing) });
    await host.close();
    expect(closed).toBe(0);
    await host.systemd();
    await host.close();
    await host.close();
    expect(closed).toBe(1);
  });

  it('end at once when something still asks for them after the end, which would keep gear from ending', async () => {
    let closed = 0;
    const closing = { close: () => closed++ } as unknown as Systemd;
    const host = createLocalHost({ connectSystemd: () => Promise.resolve(closing) });
    await host.close();
    await host.systemd();
    expect(closed).toBe(1);
  });
});

it('takes the lock of the path that it is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gear-host-'));
  const host = createLocalHost({ lockPath: join(folder, 'lock') });
  const lease = await host.lock.acquire(
    { command: 'ls', by: 'root', pid: 1, sinceMs: 0 },
    { timeoutMs: 1000 },
  );
  expect(await host.files.exists(join(folder, 'lock'))).toBe(true);
  await lease.release();
  await rm(folder, { recursive: true });
});
