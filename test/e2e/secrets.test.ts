import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SecretChange, SecretRow } from '../../src/report/values.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Not valid UTF-8, and holds what a shell or a text file would change. */
const marker = 'Zx9-secret';
const value = Buffer.concat([Buffer.from(`\0${marker} $HOME %n "'\r\n`), Buffer.from([0xff, 0xfe, 0x0a])]);
/** Matches the marker, and not the command that looks for it. */
const pattern = marker.replace('s', '[s]');

/** Debian 12 has systemd 252, the oldest that gear drives. */
describe.each(['trixie', 'bookworm'] as const)('secrets on %s', (name) => {
  let on: GearHost;
  /** What generations of other tests have, which this suite did not bring. */
  let before: string;

  const secretFiles = (): Promise<string> =>
    on.host.sh(
      '{ find /etc/gear/secrets -type f; find /etc/gear/files -name "*.secret*"; } 2>/dev/null | sort',
    );

  beforeAll(async () => {
    on = await gearHost(name);
    before = await secretFiles();
    await writeFile(join(on.host.root, 'srv/value'), value);
  });
  afterAll(() => on.host.sh('rm -rf /srv/value /etc/gear/secrets /etc/gear/files/*.secret'));

  async function stored(secret: string): Promise<string> {
    const hash = await on.host.sh(
      `sed 's/.*"hash":"\\([0-9a-f]*\\)".*/\\1/' /etc/gear/secrets/${secret}.json`,
    );
    return `/etc/gear/files/${hash}.secret`;
  }

  test('a unit gets the value byte for byte as a credential, which lies encrypted on the disk', async () => {
    const { stdout } = await on.ok('secret', 'set', 'key', '--from-file', '/srv/value', '--json');
    expect(JSON.parse(stdout) as SecretChange).toMatchObject({
      result: 'set',
      encrypted: true,
      warnings: [],
    });
    const path = await stored('key');
    expect(await on.host.sh(`grep --count '${pattern}' ${path} || true`)).toBe('0');
    await on.host.sh(
      `systemd-run --wait --quiet -p LoadCredentialEncrypted=key:${path} sh -c 'cmp $CREDENTIALS_DIRECTORY/key /srv/value'`,
    );
  });

  test('where systemd-creds is not there, it is stored for root alone, which is said', async () => {
    await on.host.sh('mount --bind /usr/bin/false $(command -v systemd-creds)');
    const { code, stdout } = await on.gear(['secret', 'set', 'plain', '--from-file', '/srv/value']);
    await on.host.sh('umount $(command -v systemd-creds)');
    expect(code).toBe(0);
    expect(stdout).toContain('stored unencrypted, readable by root alone: systemd-creds ended with status 1');
    const path = await stored('plain');
    await on.host.sh(
      `systemd-run --wait --quiet -p LoadCredential=plain:${path} sh -c 'cmp $CREDENTIALS_DIRECTORY/plain /srv/value'`,
    );
    await on.ok('secret', 'rm', 'plain');
    expect(await on.host.sh(`ls ${path} 2>/dev/null || true`)).toBe('');
  });

  test('files of secrets are for root alone, and a user without rights sees not even names', async () => {
    expect(await on.host.sh('find /etc/gear/files -name "*.secret" ! -perm 0600')).toBe('');
    expect(await on.host.sh('stat -c %a /etc/gear/secrets /etc/gear/secrets/key.json')).toBe('700\n600');
    const listing = await on.host.exec(['setpriv', '--reuid=65534', 'ls', '/etc/gear/secrets'], {
      check: false,
    });
    expect(listing.code).not.toBe(0);
  });

  test('the value is in no output, argument, journal or other file of gear', async () => {
    const { stdout, stderr } = await on.gear(['secret', 'set', 'key'], { input: `${marker}\n` });
    expect(stdout + stderr).not.toContain(marker);
    const rows = await on.ok('secret', 'ls', '--json');
    expect(JSON.parse(rows.stdout) as SecretRow[]).toMatchObject([
      { name: 'key', encrypted: true, usedBy: [] },
    ]);
    expect(rows.stdout).not.toContain(marker);
    const places = '/etc/gear /etc/systemd/system /run/gear /var/lib/gear /tmp';
    const found = await on.host.sh(`
      grep --recursive --no-messages --files-with-matches '${pattern}' ${places} || true
      cat /proc/[0-9]*/cmdline 2>/dev/null | grep --text --count '${pattern}' || true
      journalctl --all --output=export | grep --text --count '${pattern}' || true`);
    expect(found).toBe('0\n0');
  });

  test('a value that cannot be had changes nothing, and is not repeated', async () => {
    const before = await on.host.sh('cat /etc/gear/secrets/key.json');
    expect(await on.fails(4, 'secret', 'set', 'key', '--from-file', '/srv/nothing')).toContain(
      'does not exist',
    );
    const large = await on.gear(['secret', 'set', 'key'], { input: 'x'.repeat(1024 * 1024 + 1) });
    expect(large).toMatchObject({ code: 4, stderr: expect.stringContaining('larger than 1 MiB') as unknown });
    expect(await on.host.sh('cat /etc/gear/secrets/key.json')).toBe(before);
  });

  test('a removed secret leaves nothing', async () => {
    expect(await on.fails(4, 'secret', 'rm', 'kye')).toContain('gear secret rm key');
    await on.ok('secret', 'rm', 'key');
    expect(await secretFiles()).toBe(before);
  });
});
