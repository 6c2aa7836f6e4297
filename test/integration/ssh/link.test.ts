import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSendLocks } from '../../../src/adapters/host/send-locks.ts';
import { createRemoteFiles } from '../../../src/adapters/ssh/files.ts';
import type { HostLink } from '../../../src/adapters/ssh/link.ts';
import { createRemoteRun } from '../../../src/adapters/ssh/run.ts';
import { openSession, openShared } from '../../../src/adapters/ssh/session.ts';
import { standIn } from './stand-in.ts';

let end = (): Promise<void> => Promise.resolve();
afterEach(() => end());

async function linkWith(profile = '') {
  const made = await standIn(profile);
  end = made.end;
  return made;
}

test('a profile that writes is no part of what a command says', async () => {
  const { link } = await linkWith('echo Welcome; echo motd >&2');
  const run = createRemoteRun(link);
  const words = ["it's", '$HOME', '', 'a\nb'];
  const outcome = await run('printf', ['%s|', ...words], { environment: {} });
  expect(outcome).toMatchObject({ status: 0, stdout: words.map((word) => `${word}|`).join('') });
  const session = await openSession(link, ['printf', 'first\n']);
  const chunks: Buffer[] = [];
  session.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
  await new Promise((resolve) => session.once('close', resolve));
  expect(Buffer.concat(chunks).toString()).toBe('first\n');
});

test('the host tells what it is before it has heard a word, which a far one waits for', async () => {
  const { link } = await linkWith('exec </dev/null');
  const { facts, home } = await link.greeting();
  expect(facts).toMatchObject({ uid: process.getuid?.(), user: userInfo().username, name: hostname() });
  expect(home).toBe(process.env['HOME']);
});

test('what nearly every command asks first is told with it, once, and not to whoever has the lock', async () => {
  const { link } = await linkWith('exec </dev/null');
  const first = () => link.request('read_link', ['/etc/gear/current']);
  expect([0, 1]).toContain((await first()).status);
  const lost = { failures: [{ code: 'HOST_LOST' }] };
  await expect(first()).rejects.toMatchObject(lost);
  const { link: other, end: endOther } = await standIn('exec </dev/null');
  await other.forget();
  await expect(other.request('read_link', ['/etc/gear/current'])).rejects.toMatchObject(lost);
  await endOther();
});

test('a session that begins after the end ends at once, which would keep gear from ending', async () => {
  const { link } = await linkWith();
  const { elevated } = await link.greeting();
  link.close();
  const child = link.start(link.lineAs(['sleep', '60'], { elevated }));
  expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
});

test('of twenty commands that are wanted at once, five run: with shell, bus and lock there are eight sessions', async () => {
  const { link, folder } = await linkWith();
  const run = createRemoteRun(link);
  const diary = join(folder, 'diary');
  // The first wait for each other, so that the most at once is no matter of luck.
  const script =
    'echo +1 >>"$0"; while [ "$(grep -c "^+1" "$0")" -lt 5 ]; do sleep 0.01; done; sleep 0.05; echo -1 >>"$0"';
  const begun = Array.from({ length: 20 }, () => run('sh', ['-c', script, diary], { environment: {} }));
  for (const outcome of await Promise.all(begun)) expect(outcome.status).toBe(0);
  let running = 0;
  const counts = (await readFile(diary, 'utf8')).trim().split('\n');
  expect(counts).toHaveLength(40);
  expect(Math.max(...counts.map((step) => (running += Number(step))))).toBe(5);
});

test('a stream that is destroyed gives its slot to the next when its session has ended, not before', async () => {
  const { link, folder } = await linkWith();
  const diary = join(folder, 'diary');
  const script = 'trap "sleep 0.2; echo ended >>$0; exit" TERM; echo; while :; do sleep 0.05; done';
  const streams = await Promise.all([1, 2, 3, 4, 5].map(() => openShared(link, ['sh', '-c', script, diary])));
  await Promise.all(
    streams.map((stream) =>
      once(
        stream.on('error', () => undefined),
        'data',
      ),
    ),
  );
  const next = link.slots.take();
  streams[0]?.destroy();
  (await next)();
  expect(await readFile(diary, 'utf8')).toBe('ended\n');
});

test('sending holds none of the few sessions that an engine and its commands share', async () => {
  const { link, folder } = await linkWith();
  const lockAt = createSendLocks(link);
  const holder = { command: 'push', by: 'root', pid: 1, sinceMs: 0 };
  const acquire = (name: string) =>
    lockAt(join(folder, 'locks', name), 'the lock').acquire(holder, { timeoutMs: 5000 });
  // An engine keeps four for its connections.
  const kept = await Promise.all([1, 2, 3, 4].map(() => link.slots.take()));
  const lease = await acquire('a');
  const another = acquire('b');
  (await link.slots.take())();
  await lease.release();
  await (await another).release();
  await (await acquire('a')).release();
  for (const giveBack of kept) giveBack();
});

describe('sessions that begin before it is known what for', () => {
  /** A link over a connection that stands. */
  async function standing(profile = '') {
    const made = await linkWith(`echo "$$" >>"$0.pids"; ${profile}`);
    const server = createServer().listen(join(made.folder, 'control'));
    await once(server, 'listening');
    end = async () => {
      server.close();
      await made.end();
    };
    const begun = async () =>
      (await readFile(join(made.folder, 'ssh.pids'), 'utf8').catch(() => '')).trim().split('\n').length;
    return { link: made.link, begun };
  }

  async function said(link: HostLink, command: readonly string[], input = ''): Promise<string> {
    const session = await openSession(link, command);
    const chunks: Buffer[] = [];
    session.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
    if (input !== '') session.write(input);
    await new Promise((resolve) => session.once('close', resolve));
    return Buffer.concat(chunks).toString();
  }

  test('run what they are told, with all that comes after it, and no new ones begin', async () => {
    const { link, begun } = await standing('echo Welcome');
    await link.prepare();
    expect(await begun()).toBe(4);
    const words = ["it's", '$HOME', '', 'a\nb'];
    // That for the lock: a machine without Docker has no use for the others.
    const script = 'printf "%s|" "$@"; head -c 5';
    const { child, mark } = link.lockSession(['sh', '-c', script, 'sh', ...words], { elevated: false });
    child.stdin.write('after it');
    const output = await text(child.stdout);
    expect(output.split(`${mark}\n`)).toEqual([
      'Welcome\n',
      `${words.map((word) => `${word}|`).join('')}after`,
    ]);
    expect(await begun()).toBe(4);
    await link.prepare();
    expect(await begun()).toBe(4);
  });

  test('are none where no connection stands, and missed by nobody where the host refuses them', async () => {
    const { link, begun } = await standing('case "$*" in *"read -r line"*) exit 255;; esac');
    await link.prepare();
    expect(await begun()).toBe(4);
    await vi.waitFor(async () => expect(await said(link, ['echo', 'one'])).toBe('one\n'));
    expect(await begun()).toBe(5);
    const { link: apart, folder, end: endApart } = await standIn('echo "$$" >>"$0.pids"');
    await apart.prepare();
    await apart.greeting();
    expect((await readFile(join(folder, 'ssh.pids'), 'utf8')).trim().split('\n')).toHaveLength(1);
    await endApart();
  });
});

test('values of the environment and the input reach the command, and no list of processes', async () => {
  const { link } = await linkWith();
  const secret = `secret-${randomUUID()}`;
  const script = 'cat; printf %s "$VALUE"; cat /proc/[0-9]*/cmdline | tr "\\0" " "';
  const outcome = await createRemoteRun(link)('sh', ['-c', script], {
    environment: { VALUE: secret, PATH: '/usr/bin:/bin' },
    input: `${secret}\n`,
  });
  expect(outcome.stdout.slice(0, secret.length * 2 + 1)).toBe(`${secret}\n${secret}`);
  expect(outcome.stdout.slice(secret.length * 2 + 1)).not.toContain(secret);
});

test('a shell that ends before it answers is told apart from a host that cannot be reached', async () => {
  const { link } = await linkWith('echo This account is not available; exit 1');
  await expect(link.greeting()).rejects.toMatchObject({ failures: [{ code: 'HOST_SHELL' }] });
  const away = await standIn('echo "ssh: connect to host web1 port 22: Connection refused" >&2; exit 255');
  await expect(away.link.greeting()).rejects.toMatchObject({ failures: [{ code: 'HOST_REFUSED' }] });
  // Whoever asks whether it was lost does not try once more.
  expect(away.link.isConnected).toBe(false);
  await away.end();
});

test('an sshd that turns connections away while it is busy is tried again', async () => {
  const { link, folder } = await linkWith(
    'n=$(cat "$0.tries" 2>/dev/null || echo 0); echo $((n + 1)) >"$0.tries"; [ "$n" -ge 2 ] || { echo "kex_exchange_identification: Connection closed by remote host" >&2; exit 255; }',
  );
  expect((await link.greeting()).facts.name).not.toBe('');
  expect(await readFile(join(folder, 'ssh.tries'), 'utf8')).toBe('3\n');
});

test('a connection that ends rejects what is open and what comes, at once, with HOST_LOST', async () => {
  const { link, folder } = await linkWith('echo $$ >"$0.pid"');
  const files = createRemoteFiles(link);
  await link.greeting();
  const pid = Number(await readFile(join(folder, 'ssh.pid'), 'utf8'));
  const open = link.request('read_file', ['/dev/zero']);
  process.kill(pid, 'SIGKILL');
  const lost = { failures: [{ code: 'HOST_LOST', subject: 'web1' }] };
  await expect(open).rejects.toMatchObject(lost);
  await expect(files.read('/etc/hostname')).rejects.toMatchObject(lost);
  expect(link.lost.aborted).toBe(true);
});
