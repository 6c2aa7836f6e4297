import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registryCredentials } from '../../../../src/adapters/engine/credentials.ts';
import type { FoundCredentials } from '../../../../src/adapters/engine/credentials.ts';
import { namedImage } from '../../../../src/adapters/engine/image-names.ts';
import type { InvokingUser } from '../../../../src/adapters/engine/invoking-user.ts';
import { FailureError } from '../../../../src/errors/failure.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gear-test-credentials-'));
});
afterEach(() => rm(home, { recursive: true }));

const auth = (pair: string): string => Buffer.from(pair).toString('base64');

async function write(path: string, content: unknown): Promise<string> {
  const file = join(home, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A credential helper that answers what the script says. */
async function helper(name: string, script: string): Promise<void> {
  const file = await write(`bin/docker-credential-${name}`, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

function find(
  reference: string,
  environment: InvokingUser['environment'] = {},
): Promise<FoundCredentials | null> {
  return registryCredentials(namedImage(reference), {
    name: 'anna',
    uid: 4_000_000,
    home,
    environment: { PATH: join(home, 'bin'), ...environment },
    sudoUser: null,
  });
}

describe('the credentials for a pull', () => {
  it('are none where nothing is stored for the registry', async () => {
    expect(await find('registry.example/web')).toBeNull();
    await write('.docker/config.json', { auths: { 'other.example': { auth: auth('a:b') } } });
    expect(await find('registry.example/web')).toBeNull();
  });

  it("come from Docker's auths, also of the hub and of old entries that are URLs", async () => {
    const source = await write('.docker/config.json', {
      auths: {
        'registry.example': { auth: auth('anna:pass:word') },
        'https://index.docker.io/v1/': { auth: auth('hub:secret') },
        'https://old.example/v1/': { auth: auth('old:secret') },
      },
    });
    expect(await find('registry.example/web')).toEqual({
      credentials: { username: 'anna', password: 'pass:word', identityToken: '' },
      source,
    });
    expect(await find('nginx')).toMatchObject({ credentials: { username: 'hub' } });
    expect(await find('old.example/web')).toMatchObject({ credentials: { username: 'old' } });
  });

  it('come from the folder that DOCKER_CONFIG names, and from none other', async () => {
    await write('.docker/config.json', { auths: { 'registry.example': { auth: auth('home:x') } } });
    await write('else/config.json', { auths: { 'registry.example': { auth: auth('named:x') } } });
    expect(await find('registry.example/web', { DOCKER_CONFIG: join(home, 'else') })).toMatchObject({
      credentials: { username: 'named' },
    });
  });

  it('come from the helper of the registry before the common one, and from that before auths', async () => {
    await helper('own', `read server; echo "{\\"Username\\":\\"own $server\\",\\"Secret\\":\\"s\\"}"`);
    await helper('store', `read server; echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"$server\\"}"`);
    await write('.docker/config.json', {
      credHelpers: { 'registry.example': 'own' },
      credsStore: 'store',
      auths: { 'registry.example': { auth: auth('stale:x') }, 'other.example': { auth: auth('stale:x') } },
    });
    expect((await find('registry.example/web'))?.credentials.username).toBe('own registry.example');
    expect((await find('other.example/web'))?.credentials).toEqual({
      username: '',
      password: '',
      identityToken: 'other.example',
    });
  });

  it('are none where the helper has none', async () => {
    await helper('store', 'echo "credentials not found in native keychain"; exit 1');
    await write('.docker/config.json', { credsStore: 'store' });
    expect(await find('registry.example/web')).toBeNull();
  });

  it("come from Podman's auth.json after that: the file that is named, or that of the session", async () => {
    const named = await write('named.json', { auths: { 'registry.example': { auth: auth('named:x') } } });
    await write('run/containers/auth.json', { auths: { 'registry.example': { auth: auth('session:x') } } });
    const session = { XDG_RUNTIME_DIR: join(home, 'run') };
    expect((await find('registry.example/web', session))?.credentials.username).toBe('session');
    const both = await find('registry.example/web', { ...session, REGISTRY_AUTH_FILE: named });
    expect(both).toMatchObject({ credentials: { username: 'named' }, source: named });
  });

  it('of auth.json may be for a part of a registry: the narrowest one holds', async () => {
    const auths = {
      'registry.example': { auth: auth('wide:x') },
      'registry.example/shop': { auth: auth('shop:x') },
      'registry.example/shop/web': { auth: auth('web:x') },
    };
    const file = { REGISTRY_AUTH_FILE: await write('auth.json', { auths }) };
    const nameOf = async (reference: string) => (await find(reference, file))?.credentials.username;
    expect(await nameOf('registry.example/shop/web:1')).toBe('web');
    expect(await nameOf('registry.example/shop/db')).toBe('shop');
    expect(await nameOf('registry.example/shopping')).toBe('wide');
  });
});

describe('stored credentials that cannot be used are told with their file, and nothing of what is in it:', () => {
  const secret = 'hunter2';

  async function refusal(environment: InvokingUser['environment'] = {}): Promise<FailureError> {
    const error: unknown = await find('registry.example/web', environment).catch((reason: unknown) => reason);
    if (!(error instanceof FailureError)) throw new Error('it was not refused');
    expect(error.failures[0]?.code).toBe('CREDENTIALS');
    expect(JSON.stringify(error.failures)).not.toContain(secret);
    return error;
  }

  it.each([
    ['a file that is not JSON', `{"auths": ${secret}`],
    ['an entry that is not base64', { auths: { 'registry.example': { auth: `anna:${secret}` } } }],
    ['an entry without a colon', { auths: { 'registry.example': { auth: auth(secret) } } }],
  ])('%s', async (_what, content) => {
    const file = await write('.docker/config.json', content);
    expect((await refusal()).failures[0]?.message).toContain(file);
  });

  it('a file that is named and is not there', async () => {
    const named = join(home, 'none.json');
    expect((await refusal({ REGISTRY_AUTH_FILE: named })).failures[0]?.message).toContain(named);
  });

  it.each([
    ['a helper that is not installed', null, 'is not installed'],
    ['a helper that fails', `echo ${secret}; exit 3`, 'exit status 3'],
    ['a helper that answers nonsense', `echo ${secret}`, 'not credentials'],
  ])('%s', async (_what, script, words) => {
    if (script !== null) await helper('store', script);
    await write('.docker/config.json', { credsStore: 'store' });
    const [failure] = (await refusal()).failures;
    expect(failure?.message).toContain('docker-credential-store');
    expect(failure?.message).toContain(words);
  });

  it('a helper whose name leads out of the folders of commands', async () => {
    await write('.docker/config.json', { credsStore: '../../bin/sh' });
    expect((await refusal()).failures[0]?.message).toContain('is not installed');
  });
});
