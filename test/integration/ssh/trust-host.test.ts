import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../../src/adapters/process/command.ts';
import { trustHost } from '../../../src/cli/trust-host.ts';
import { FailureError } from '../../../src/errors/failure.ts';

const address = { label: 'web1', host: '10.0.0.5', port: 2222 };
let folder = '';

/** Makes a key as a host has one, and tells its line of known_hosts and its fingerprint. */
async function keyOf(type: string): Promise<{ readonly line: string; readonly fingerprint: string }> {
  const file = join(folder, type);
  const run = (...args: readonly string[]) =>
    runCommand('ssh-keygen', args, { environment: { PATH: process.env['PATH'] ?? '' }, timeoutMs: 10_000 });
  await run('-q', '-t', type, '-N', '', '-f', file);
  const { stdout } = await run('-l', '-f', `${file}.pub`);
  const [algorithm = '', key = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
  return { line: `[10.0.0.5]:2222 ${algorithm} ${key}\n`, fingerprint: stdout.split(' ')[1] ?? '' };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gear-trust-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** ssh(1) whose host has the shown key, and whose user has these lines in known_hosts, which let it in. */
async function sshShows(shown: string, known: string): Promise<void> {
  await writeFile(join(folder, 'shown'), shown);
  await writeFile(join(folder, 'known_hosts'), known);
  const script = `#!/bin/sh
[ "$1" = -G ] && { printf '%s\\n' 'hostname 10.0.0.5' 'port 2222' 'userknownhostsfile ${folder}/none ${folder}/known_hosts' 'globalknownhostsfile /dev/null'; exit 0; }
for each; do case "$each" in UserKnownHostsFile=*) cat '${folder}/shown' > "\${each#*=}" ;; esac; done
echo 'Permission denied (publickey).' >&2; exit 255
`;
  await writeFile(join(folder, 'ssh'), script);
  await chmod(join(folder, 'ssh'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
}

test('whoever names the key of a known host that was recorded is right, also where it shows another one first', async () => {
  const [recorded, preferred] = [await keyOf('rsa'), await keyOf('ed25519')];
  await sshShows(preferred.line, recorded.line);
  await trustHost(address, recorded.fingerprint);
  await trustHost(address, preferred.fingerprint);
});

test('a key that is neither recorded for the host nor shown is refused, with the address in what to type next', async () => {
  const [recorded, preferred] = [await keyOf('rsa'), await keyOf('ed25519')];
  // Of an authority, of another port, and taken back: none of them is the key of this host.
  const others = [`@cert-authority ${preferred.line}`, `@revoked ${preferred.line}`];
  const elsewhere = preferred.line.replace('[10.0.0.5]:2222', '10.0.0.5');
  await sshShows(recorded.line, [...others, elsewhere, recorded.line].join(''));
  const refusal: unknown = await trustHost(address, preferred.fingerprint).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(FailureError);
  expect((refusal as FailureError).failures).toMatchObject([
    {
      code: 'HOST_KEY_UNKNOWN',
      message: `web1 shows the RSA key ${recorded.fingerprint}, not ${preferred.fingerprint}`,
      next: expect.stringContaining(
        `gear host add web1 10.0.0.5:2222 --fingerprint ${recorded.fingerprint}`,
      ) as string,
    },
  ]);
});

test('where the name is the address, it is typed once', async () => {
  const { line } = await keyOf('ed25519');
  await sshShows(line, line);
  await expect(trustHost({ label: 'web1', host: 'web1' }, 'SHA256:other')).rejects.toMatchObject({
    failures: [{ next: expect.stringContaining('gear host add web1 --fingerprint') as string }],
  });
});
