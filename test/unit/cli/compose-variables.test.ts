import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readApps } from '../../../src/cli/read-apps.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-compose-'));
  await mkdir(path.join(folder, 'shop'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const compose =
  'services: {web: {image: "web:${TAG:-none}", environment: {A: "${A:-none}", B: "${B:-none}"}}}\n';

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}

/** The app in the folder `shop` as it would be applied, and what is wrong with it. */
async function read() {
  const { apps, failures } = await readApps({ paths: [path.join(folder, 'shop')], overlays: [] });
  const [app] = apps;
  const [web] = app?.containers ?? [];
  return {
    app: app?.app,
    containers: app?.containers.map(({ container }) => container),
    image: web?.spec.image,
    environment: web?.environment,
    told: failures.map(({ message, next }) => `${message} → ${next}`.replaceAll(folder, '')),
  };
}

describe('COMPOSE_ENV_FILES', () => {
  test('is read instead of .env, each file over those before it, and the shell over all', async () => {
    await write({
      'shop/compose.yaml': compose,
      'shop/.env': 'TAG=dot\nA=dot\nB=dot\n',
      'one.env': 'TAG=1\nA=one\nB=one\n',
      'two.env': 'A=two\nB=two\n',
    });
    vi.stubEnv('COMPOSE_ENV_FILES', `${path.join(folder, 'one.env')}, ${path.join(folder, 'two.env')}`);
    vi.stubEnv('B', 'shell');
    const { image, environment, told } = await read();
    expect(told).toEqual([]);
    expect(image).toBe('web:1');
    expect(environment).toEqual({ A: 'two', B: 'shell' });
  });

  test('names files from the working directory, in which variables of those before are filled in', async () => {
    await write({ 'shop/compose.yaml': compose, 'one.env': 'A=one\n', 'two.env': 'B=$A-two\n' });
    const files = ['one.env', 'two.env'].map((name) => path.relative('.', path.join(folder, name)));
    vi.stubEnv('COMPOSE_ENV_FILES', files.join(','));
    expect((await read()).environment).toEqual({ A: 'one', B: 'one-two' });
  });

  test('says of a file that is not there which one, and what to do', async () => {
    await write({ 'shop/compose.yaml': compose });
    vi.stubEnv('COMPOSE_ENV_FILES', path.join(folder, 'gone.env'));
    expect((await read()).told).toEqual([
      'the file /gone.env does not exist → make it, or name another in COMPOSE_ENV_FILES',
    ]);
  });

  test('may hold COMPOSE_FILE, COMPOSE_PROFILES and COMPOSE_PROJECT_NAME', async () => {
    await write({
      'shop/base.yaml': 'services: {web: {image: "web:1"}, debug: {image: "debug:1", profiles: [debug]}}\n',
      'shop/prod.yaml': 'services: {web: {image: "web:prod"}}\n',
      'shop/compose.yaml': compose,
      'prod.env':
        'COMPOSE_FILE=base.yaml;prod.yaml\nCOMPOSE_PATH_SEPARATOR=;\nCOMPOSE_PROFILES=x, debug\nCOMPOSE_PROJECT_NAME=prod\n',
    });
    vi.stubEnv('COMPOSE_ENV_FILES', path.join(folder, 'prod.env'));
    const { apps } = await readApps({ paths: [path.join(folder, 'shop')], overlays: [] });
    expect(apps.map(({ app }) => app)).toEqual(['prod']);
    expect(apps[0]?.containers.map(({ container, spec }) => [container, spec.image])).toEqual([
      ['debug', 'debug:1'],
      ['web', 'web:prod'],
    ]);
  });

  test('says nothing where it stands in a .env, as for docker compose', async () => {
    await write({
      'shop/compose.yaml': compose,
      'shop/.env': `A=dot\nCOMPOSE_ENV_FILES=${path.join(folder, 'gone.env')}\n`,
    });
    expect(await read()).toMatchObject({ told: [], environment: { A: 'dot' } });
  });

  test('says nothing of a descriptor of gear', async () => {
    await write({
      'shop/gear.yaml': 'containers: {web: {image: "web:1", env: {A: "${A}"}}}\n',
      'shop/.env': 'A=dot\n',
      'one.env': 'A=one\n',
    });
    vi.stubEnv('COMPOSE_ENV_FILES', path.join(folder, 'one.env'));
    expect(await read()).toMatchObject({ told: [], environment: { A: 'dot' } });
  });
});

describe('COMPOSE_DISABLE_ENV_FILE', () => {
  test.each([
    ['1', 'none', []],
    ['true', 'none', []],
    ['0', 'dot', []],
    ['False', 'dot', []],
    [
      'yes',
      undefined,
      ['COMPOSE_DISABLE_ENV_FILE is "yes", and has to be 1 or 0 → COMPOSE_DISABLE_ENV_FILE=1'],
    ],
  ])('of %s: .env is read or not, or that is told', async (value, a, told) => {
    await write({ 'shop/compose.yaml': compose, 'shop/.env': 'A=dot\n' });
    vi.stubEnv('COMPOSE_DISABLE_ENV_FILE', value);
    const found = await read();
    expect(found.told).toEqual(told);
    expect(found.environment?.['A']).toBe(a);
  });
});

describe('of the shell', () => {
  test('COMPOSE_FILE with COMPOSE_PATH_SEPARATOR says which files are the project', async () => {
    await write({
      'shop/base.yaml': compose,
      'shop/prod.yaml': 'services: {web: {image: "web:prod"}}\n',
    });
    vi.stubEnv('COMPOSE_FILE', 'base.yaml,prod.yaml');
    vi.stubEnv('COMPOSE_PATH_SEPARATOR', ',');
    expect(await read()).toMatchObject({ app: 'shop', image: 'web:prod', told: [] });
  });

  test('COMPOSE_PROJECT_NAME holds over the folder, and COMPOSE_PROFILES activates', async () => {
    await write({
      'shop/compose.yaml': 'services: {web: {image: "web:1", profiles: [a]}, db: {image: "db:1"}}\n',
    });
    vi.stubEnv('COMPOSE_PROJECT_NAME', 'other');
    vi.stubEnv('COMPOSE_PROFILES', 'a');
    expect(await read()).toMatchObject({ app: 'other', containers: ['db', 'web'], told: [] });
  });
});
