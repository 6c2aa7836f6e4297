import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { decryptSecret } from '../../../src/apply/secret-encryption.ts';
import { readStoredSecret } from '../../../src/apply/secret-store.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import type { SecretRecord } from '../../../src/core/model/secret.ts';
import type { Result } from '../../../src/errors/failure.ts';
import { secrets } from '../../../src/flows/secret-list.ts';
import { removeSecret } from '../../../src/flows/secret-remove.ts';
import { setSecret } from '../../../src/flows/secret-set.ts';
import { observeHost } from '../../../src/observe/host.ts';
import { readSecretRecord } from '../../../src/observe/secrets.ts';
import { printSecretChange, printSecrets } from '../../../src/report/secrets.ts';
import { createStyle } from '../../../src/report/style.ts';
import { anInstance } from '../../support/builders.ts';
import { contextOn } from './gear-in-memory.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const marker = 'Zx9-hunter2';
const style = createStyle({}, {});
let host: MemoryHost;

beforeEach(() => {
  host = new MemoryHost();
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failures));
  return result.value;
}

async function recordOf(name: string): Promise<SecretRecord> {
  const { record } = await readSecretRecord(host.files, name);
  if (record === null) throw new Error(`no secret ${name}`);
  return record;
}

const set = async (name: string, content: string | Uint8Array) =>
  value(await setSecret(contextOn(host), name, typeof content === 'string' ? bytes(content) : content));

const withoutEncryption = (): void => {
  host.onRun = () => ({ status: 127, stdout: '', stderr: 'systemd-creds: command not found\n' });
};

/** Declares a container that reads the secret, in the given generation. */
async function declare(generation: number, secret: string | null): Promise<void> {
  const secretsOf: Partial<Instance> =
    secret === null
      ? {}
      : { secrets: [{ name: secret, file: secret, mode: 0o444, ...(await recordOf(secret)) }] };
  const manifest = {
    schema: 1,
    generation,
    gear: '0',
    createdMs: 0,
    command: '',
    by: '',
    instances: [anInstance('web', secretsOf)],
    units: {},
  };
  host.files.place(`/etc/gear/generations/${String(generation)}/manifest.json`, JSON.stringify(manifest));
  host.files.placeLink('/etc/gear/current', `/etc/gear/generations/${String(generation)}`);
}

describe('gear secret set', () => {
  test('keeps any bytes, encrypted, for root alone', async () => {
    const content = Uint8Array.from({ length: 256 }, (_, at) => at);
    expect(await set('key', content)).toMatchObject({ result: 'set', encrypted: true, warnings: [] });
    const { hash } = await recordOf('key');
    const stored = await readStoredSecret(host.files, hash);
    expect(stored).not.toEqual(content);
    expect(await decryptSecret(host, 'key', stored ?? bytes(''))).toEqual(content);
    expect(host.files.modeOf(`/etc/gear/files/${hash}.secret`)).toBe(0o600);
    expect(host.files.modeOf('/etc/gear/secrets/key.json')).toBe(0o600);
    expect(host.files.modeOf('/etc/gear/secrets')).toBe(0o700);
  });

  test('says so where it cannot be encrypted, and keeps it for root alone', async () => {
    withoutEncryption();
    expect(await set('key', `${marker}\n`)).toMatchObject({
      encrypted: false,
      warnings: ['stored unencrypted, readable by root alone: systemd-creds: command not found'],
    });
    const { hash, encrypted } = await recordOf('key');
    expect(encrypted).toBe(false);
    expect(await readStoredSecret(host.files, hash)).toEqual(bytes(`${marker}\n`));
    expect(host.files.modeOf(`/etc/gear/files/${hash}.secret`)).toBe(0o600);
  });

  test('does not trust an encryption that cannot be undone', async () => {
    host.onRun = (command) =>
      command[1] === 'encrypt'
        ? { status: 0, stdout: 'c2VhbGVk', stderr: '' }
        : { status: 1, stdout: '', stderr: 'TPM2 device is gone\n' };
    expect(await set('key', marker)).toMatchObject({ encrypted: false });
  });

  test('a value that was plain is a new file once it is encrypted: kept units read the old one as it was', async () => {
    const encrypting = host.onRun;
    withoutEncryption();
    await set('key', marker);
    const plain = await recordOf('key');
    await declare(1, 'key');
    host.onRun = encrypting;
    expect(await set('key', marker)).toMatchObject({ result: 'changed', encrypted: true });
    expect((await recordOf('key')).hash).not.toBe(plain.hash);
    expect(await readStoredSecret(host.files, plain.hash)).toEqual(bytes(marker));
  });

  test('the same value again is no change, and keeps its age', async () => {
    await set('key', marker);
    const before = await recordOf('key');
    host.clock.advance(60_000);
    expect(await set('key', marker)).toMatchObject({ result: 'unchanged' });
    expect(await recordOf('key')).toEqual(before);
  });

  test('equal values of two secrets have nothing in common to see', async () => {
    await set('one', marker);
    await set('two', marker);
    expect((await recordOf('one')).hash).not.toBe((await recordOf('two')).hash);
  });

  test('a replaced value is erased, unless a kept generation needs it', async () => {
    await set('key', 'old');
    const first = await recordOf('key');
    await declare(1, 'key');
    expect(await set('key', 'new')).toMatchObject({ result: 'changed', usedBy: ['web'] });
    expect(await readStoredSecret(host.files, first.hash)).not.toBeNull();
    const second = await recordOf('key');
    await set('key', 'newer');
    expect(await readStoredSecret(host.files, second.hash)).toBeNull();
  });

  test.each(['', '-x', 'a/b', '../x', 'a:b', 'ä', 'x'.repeat(65)])('%j is no name', async (name) => {
    expect(await setSecret(contextOn(host), name, bytes('x'))).toMatchObject({
      failures: [{ code: 'NAME_INVALID' }],
    });
    expect(host.calls.since()).toEqual([]);
  });

  test.each([0, 1024 * 1024 + 1])(
    'a value of %d bytes is refused, and nothing is changed',
    async (length) => {
      expect(await setSecret(contextOn(host), 'key', new Uint8Array(length))).toMatchObject({
        failures: [{ code: 'VALUE_INVALID' }],
      });
      expect(host.calls.since()).toEqual([]);
    },
  );

  test('a crash anywhere leaves the old value or the new one, whole', async () => {
    await set('key', 'old');
    for (let effects = 0; effects < 4; effects++) {
      host.calls.killAfter(effects);
      await setSecret(contextOn(host), 'key', bytes('new')).catch(() => undefined);
      host.calls.revive();
      host.lock.lose();
      const stored = await readStoredSecret(host.files, (await recordOf('key')).hash);
      const read = await decryptSecret(host, 'key', stored ?? bytes(''));
      expect(['old', 'new']).toContain(new TextDecoder().decode(read ?? bytes('gone')));
    }
    expect(await set('key', 'new')).toMatchObject({ name: 'key' });
  });
});

describe('gear secret ls', () => {
  test('tells all but the value', async () => {
    await set('key', marker);
    await set('another', marker);
    await declare(1, 'key');
    host.clock.advance(60_000);
    const rows = value(await secrets(contextOn(host)));
    expect(rows).toMatchObject([
      { name: 'another', encrypted: true, usedBy: [] },
      { name: 'key', encrypted: true, ageMs: 60_000, by: 'root', usedBy: ['web'] },
    ]);
    expect(printSecrets(rows, style)).toContain('key      encrypted  1m   root  web');
  });

  test('a damaged record is named, not passed over', async () => {
    host.files.place('/etc/gear/secrets/key.json', '{"hash":');
    expect(await secrets(contextOn(host))).toMatchObject({
      failures: [{ code: 'SECRET_UNREADABLE', subject: 'key' }],
    });
  });
});

describe('gear secret rm', () => {
  test('erases the value', async () => {
    await set('key', marker);
    const { hash } = await recordOf('key');
    expect(value(await removeSecret(contextOn(host), 'key', false))).toMatchObject({ result: 'removed' });
    expect(await readStoredSecret(host.files, hash)).toBeNull();
    expect(value(await secrets(contextOn(host)))).toEqual([]);
  });

  test('is refused while a declared container uses it, and forced it leaves that one its value', async () => {
    await set('key', marker);
    await declare(1, 'key');
    const { hash } = await recordOf('key');
    expect(await removeSecret(contextOn(host), 'key', false)).toMatchObject({
      failures: [{ code: 'SECRET_USED', next: expect.stringContaining('--force') as unknown }],
    });
    expect(value(await removeSecret(contextOn(host), 'key', true))).toMatchObject({ usedBy: ['web'] });
    expect(await readStoredSecret(host.files, hash)).not.toBeNull();
  });

  test('leaves the value to a kept generation that can be gone back to', async () => {
    await set('key', marker);
    await declare(1, 'key');
    await declare(2, null);
    const { hash } = await recordOf('key');
    expect(value(await removeSecret(contextOn(host), 'key', false)).warnings).toEqual([
      'its value stays until no kept generation needs it',
    ]);
    expect(await readStoredSecret(host.files, hash)).not.toBeNull();
  });

  test('of a misspelt name says which is meant', async () => {
    await set('db_password', marker);
    expect(await removeSecret(contextOn(host), 'db_pasword', false)).toMatchObject({
      failures: [{ code: 'SECRET_UNKNOWN', next: 'did you mean: gear secret rm db_password' }],
    });
  });
});

test('a value is in no output, event, name or record', async () => {
  const events: unknown[] = [];
  const context = { ...contextOn(host), emit: (event: unknown) => events.push(event) };
  const change = value(await setSecret(context, 'key', bytes(marker)));
  const rows = value(await secrets(context));
  const record = host.files.textOf('/etc/gear/secrets/key.json');
  const told = JSON.stringify([events, change, rows, record, host.calls.since()]);
  expect(told + printSecretChange(change, style) + printSecrets(rows, style)).not.toContain(marker);
});

test('observing tells which values the secrets have, so that none of them is erased', async () => {
  await set('key', marker);
  const { hash } = await recordOf('key');
  const observed = await observeHost(host, { engines: [], instances: [] });
  expect(observed.storedSecrets).toEqual(new Set([hash]));
  expect(observed.secrets).toEqual(new Set([hash]));
});
