import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemTimers } from '../../../src/adapters/timers.ts';
import { createWatcher } from '../../../src/adapters/watch/watcher.ts';
import { DescriptorFolders } from '../../../src/cli/watch/descriptor-folders.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { News } from '../../../src/core/model/watch-news.ts';
import { defaultRules, type Rules } from '../../../src/controller/machine/rules.ts';
import { type Running, runController } from '../../../src/controller/run.ts';
import { missing } from '../../support/missing.ts';
import { undocumented } from '../../support/documented-events.ts';

/** So that only what is heard is seen. */
const never = 3_600_000;
const patience = { timeout: 20_000, interval: 20 };

let temp: string;
let folder: string;
let running: Running;
let stop: AbortController;
let applied: Map<string, string>;
let requests: Map<string, AppRequest>;
let applies: number;
let appliedMs: number;
let news: News[];

function describing(app: string, value: string): string {
  return `name: ${app}\ncontainers: {web: {image: "web:1", env: {V: "${value}"}}}\n`;
}

/** As if what changes had not changed for long. */
const rested = { quietMs: 0 };

async function start(
  first: Readonly<Record<string, string>> = { a: '1' },
  rules: Partial<Rules> = {},
): Promise<void> {
  stop = new AbortController();
  const watcher = createWatcher({
    heard: () => running.send({ type: 'woken' }),
    troubled: (why) => expect.unreachable(why),
  });
  running = runController({
    timers: systemTimers,
    rules: { ...defaultRules, rescanMs: never, absentMs: 300, ...rules },
    descriptors: new DescriptorFolders([folder], watcher),
    claims: [],
    keepClaims: () => Promise.resolve(),
    apply: (apps) => {
      applies++;
      appliedMs = performance.now();
      for (const request of apps) {
        applied.set(request.app, request.containers[0]?.environment['V'] ?? '');
        requests.set(request.app, request);
      }
      return Promise.resolve(new Map(apps.map(({ app }) => [app, { ok: true }])));
    },
    fetch: () => expect.unreachable('every image is there'),
    remove: (apps) => {
      for (const app of apps) applied.delete(app);
      return Promise.resolve(new Map(apps.map((app) => [app, { ok: true }])));
    },
    mend: () => expect.unreachable('nothing drifts'),
    inspect: () => Promise.resolve({ drifts: [] }),
    hold: () => expect.unreachable('nothing was stopped'),
    restart: () => expect.unreachable('nothing is sick'),
    tell: (each) => news.push(each),
    signal: stop.signal,
    once: false,
  });
  stop.signal.addEventListener('abort', () => void watcher.close());
  await becomes(first);
  // The watcher is heard once when it listens; what a test does before that would be seen without it.
  await vi.waitFor(() => expect(running.state().scan.at).toBe('resting'), patience);
}

function becomes(what: Readonly<Record<string, string>>): Promise<void> {
  return vi.waitFor(() => expect(Object.fromEntries(applied)).toEqual(what), patience);
}

beforeEach(async () => {
  temp = await mkdtemp(path.join(tmpdir(), 'gear-watch-'));
  folder = path.join(temp, 'apps');
  applied = new Map();
  requests = new Map();
  applies = 0;
  news = [];
  await mkdir(folder);
  await writeFile(path.join(folder, 'a.yaml'), describing('a', '1'));
});
afterEach(async () => {
  stop.abort();
  await running.ended;
  await rm(temp, { recursive: true });
  // Whatever was told is an event of the documentation, with its fields.
  expect(await undocumented(news.map((each) => ({ timeMs: 0, ...each })))).toEqual([]);
});

describe('is heard of, whatever way it is done', () => {
  const file = (name: string): string => path.join(folder, name);

  const ways: Record<string, () => Promise<unknown>> = {
    'written in place': () => writeFile(file('a.yaml'), describing('a', '2')),
    'saved by rename, as editors and rsync do': async () => {
      await writeFile(file('.a.yaml.swp'), describing('a', '2'));
      await rename(file('.a.yaml.swp'), file('a.yaml'));
    },
    'deleted and written anew': async () => {
      await unlink(file('a.yaml'));
      await writeFile(file('a.yaml'), describing('a', '2'));
    },
    'written twice within milliseconds': async () => {
      await writeFile(file('a.yaml'), describing('a', '7'));
      await new Promise((resolve) => setTimeout(resolve, 10));
      await writeFile(file('a.yaml'), describing('a', '2'));
    },
    'the folder is deleted and made again': async () => {
      await rm(folder, { recursive: true });
      await mkdir(folder);
      await writeFile(file('a.yaml'), describing('a', '2'));
    },
    'the folder is replaced by a rename': async () => {
      await mkdir(path.join(temp, 'new'));
      await writeFile(path.join(temp, 'new', 'a.yaml'), describing('a', '2'));
      await rename(folder, path.join(temp, 'old'));
      await rename(path.join(temp, 'new'), folder);
    },
    'copied by cp -r': async () => {
      await mkdir(path.join(temp, 'source'));
      await writeFile(path.join(temp, 'source', 'a.yaml'), describing('a', '2'));
      await cp(path.join(temp, 'source'), folder, { recursive: true });
    },
    'checked out by git': async () => {
      const git = (...args: string[]): void => {
        const identity = [
          '-c',
          'user.name=t',
          '-c',
          'user.email=t@localhost',
          '-c',
          'init.defaultBranch=main',
        ];
        execFileSync('git', ['-C', folder, ...identity, ...args], { stdio: 'ignore' });
      };
      git('init');
      git('add', '.');
      git('commit', '-m', 'one');
      git('checkout', '-b', 'other');
      await writeFile(file('a.yaml'), describing('a', '2'));
      git('commit', '-am', 'two');
      git('checkout', 'main');
      git('checkout', 'other');
    },
  };
  const delaysMs = new Map<string, number>();
  // Whoever shares the processors may hold up one of them; not most.
  afterAll(() => {
    const sorted = [...delaysMs.values()].toSorted((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)], JSON.stringify([...delaysMs])).toBeLessThan(1_000);
  });

  test.each(Object.entries(ways))('%s', async (name, change) => {
    await start({ a: '1' }, rested);
    await change();
    const writtenMs = performance.now();
    await becomes({ a: '2' });
    delaysMs.set(name, appliedMs - writtenMs);
    // And what it listens to now is heard as well.
    await writeFile(file('a.yaml'), describing('a', '3'));
    await becomes({ a: '3' });
  });

  test('a new file', async () => {
    await start({ a: '1' }, rested);
    await writeFile(file('b.yaml'), describing('b', '1'));
    const writtenMs = performance.now();
    await becomes({ a: '1', b: '1' });
    delaysMs.set('a new file', appliedMs - writtenMs);
  });

  test('a renamed file, whose app stays', async () => {
    await start({ a: '1' }, rested);
    await rename(file('a.yaml'), file('z.yaml'));
    await writeFile(file('z.yaml'), describing('a', '2'));
    const writtenMs = performance.now();
    await becomes({ a: '2' });
    delaysMs.set('a renamed file', appliedMs - writtenMs);
  });

  test('a removed file, once it has been absent for long enough', async () => {
    const others = { b: '1', c: '1' };
    for (const other of Object.keys(others)) await writeFile(file(`${other}.yaml`), describing(other, '1'));
    const absentMs = 300;
    await start({ a: '1', ...others }, { ...rested, absentMs });
    await unlink(file('a.yaml'));
    const removedMs = performance.now();
    await becomes(others);
    delaysMs.set('a removed file', performance.now() - removedMs - absentMs);
  });

  test('written by rsync', async (context) => {
    const reason = missing('rsync');
    if (reason !== undefined) context.skip(reason);
    await start({ a: '1' }, rested);
    const source = path.join(temp, 'source');
    await mkdir(source);
    for (const value of ['2', '3', '4']) {
      await writeFile(path.join(source, 'a.yaml'), describing('a', value));
      // It leaves alone what has the same size and time.
      execFileSync('rsync', ['--archive', '--checksum', '--delete', `${source}/`, folder]);
      const writtenMs = performance.now();
      await becomes({ a: value });
      delaysMs.set(`written by rsync, ${value}`, appliedMs - writtenMs);
    }
  });

  test('a link that is swapped, as Kubernetes does with a ConfigMap', async () => {
    const version = async (name: string, value: string): Promise<void> => {
      await mkdir(file(name));
      await writeFile(path.join(file(name), 'a.yaml'), describing('a', value));
      await symlink(name, file('..new'));
      await rename(file('..new'), file('..data'));
    };
    await rm(file('a.yaml'));
    await version('..1', '1');
    await symlink('..data/a.yaml', file('a.yaml'));
    await start({ a: '1' }, rested);
    await version('..2', '2');
    const writtenMs = performance.now();
    await becomes({ a: '2' });
    delaysMs.set('a link that is swapped', appliedMs - writtenMs);
    await version('..3', '3');
    await becomes({ a: '3' });
  });

  test('the folder is a link that is swapped', async () => {
    await rename(folder, path.join(temp, 'v1'));
    await symlink('v1', folder);
    await start();
    await mkdir(path.join(temp, 'v2'));
    await writeFile(path.join(temp, 'v2', 'a.yaml'), describing('a', '2'));
    await symlink('v2', path.join(temp, 'swap'));
    await rename(path.join(temp, 'swap'), folder);
    await becomes({ a: '2' });
    await writeFile(path.join(temp, 'v2', 'a.yaml'), describing('a', '3'));
    await becomes({ a: '3' });
  });

  test('files that a descriptor refers to: of its folder, below it, and elsewhere', async () => {
    const outside = path.join(temp, 'elsewhere.env');
    await writeFile(outside, 'V=1\n');
    await writeFile(
      file('a.yaml'),
      'name: a\ncontainers: {web: {image: "web:1", env_file: ["../elsewhere.env"]}}\n',
    );
    await start();
    await writeFile(outside, 'V=2\n');
    await becomes({ a: '2' });
    await writeFile(`${outside}.new`, 'V=3\n');
    await rename(`${outside}.new`, outside);
    await becomes({ a: '3' });
    await writeFile(file('a.yaml'), describing('a', '${WHICH}'));
    await writeFile(file('.env'), 'WHICH=4\n');
    await becomes({ a: '4' });
    await writeFile(file('.env'), 'WHICH=5\n');
    await becomes({ a: '5' });
  });
});

test('a .env beside several descriptors is of each of them, from the start', async () => {
  await writeFile(path.join(folder, '.env'), 'WHICH=1\n');
  for (const app of ['a', 'b', 'c'])
    await writeFile(path.join(folder, `${app}.yaml`), describing(app, '${WHICH}'));
  await start({ a: '1', b: '1', c: '1' });
  await writeFile(path.join(folder, '.env'), 'WHICH=2\n');
  await becomes({ a: '2', b: '2', c: '2' });
});

describe('what the environment says of Compose', () => {
  afterEach(() => vi.unstubAllEnvs());
  const web = (value: string) => `name: c\nservices: {web: {image: "web:1", environment: {V: "${value}"}}}\n`;

  test('COMPOSE_FILE says nothing of the folders, in which each file is an app; that of their .env does', async () => {
    vi.stubEnv('COMPOSE_FILE', 'base.yaml:prod.yaml');
    // Beside a .env the variables of Compose are looked at.
    await writeFile(path.join(folder, '.env'), 'OTHER=1\n');
    await writeFile(path.join(folder, 'base.yaml'), web('base'));
    await writeFile(path.join(folder, 'prod.yaml'), web('prod').replace('name: c', 'name: d'));
    await start({ a: '1', c: 'base', d: 'prod' });
    await writeFile(path.join(folder, '.env'), 'COMPOSE_FILE=base.yaml\n');
    await writeFile(path.join(folder, 'base.yaml'), web('alone'));
    await becomes({ a: '1', c: 'alone', d: 'prod' });
    await writeFile(path.join(folder, 'prod.yaml'), web('laid over'));
    await writeFile(path.join(folder, '.env'), 'COMPOSE_FILE=base.yaml:prod.yaml\n');
    await becomes({ a: '1', c: 'laid over' });
  });

  test('a file that COMPOSE_ENV_FILES names is watched as a .env is', async () => {
    const named = path.join(temp, 'named.env');
    vi.stubEnv('COMPOSE_ENV_FILES', named);
    await writeFile(named, 'WHICH=1\n');
    await writeFile(path.join(folder, '.env'), 'WHICH=dot\n');
    await writeFile(path.join(folder, 'c.yaml'), web('${WHICH}'));
    await start({ a: '1', c: '1' });
    await writeFile(named, 'WHICH=2\n');
    await becomes({ a: '1', c: '2' });
  });
});

test('with allowEmpty, the apps of a folder that is emptied go when that lasts', async () => {
  await writeFile(path.join(folder, 'b.yaml'), describing('b', '1'));
  await start({ a: '1', b: '1' }, { ...rested, allowEmpty: true });
  for (const name of ['a.yaml', 'b.yaml']) await unlink(path.join(folder, name));
  await becomes({});
});

test('without it they stay, however often it is looked at', async () => {
  await start({ a: '1' }, { ...rested, absentMs: 50 });
  await unlink(path.join(folder, 'a.yaml'));
  await vi.waitFor(() => expect(news).toContainEqual({ type: 'lost', folder }), patience);
  for (let look = 0; look < 3; look++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    running.send({ type: 'rescan' });
    await vi.waitFor(() => expect(running.state().scan.at).toBe('resting'), patience);
  }
  expect(Object.fromEntries(applied)).toEqual({ a: '1' });
  await writeFile(path.join(folder, 'a.yaml'), describing('a', '2'));
  await becomes({ a: '2' });
});

test('files written together are applied together', async () => {
  await start();
  const before = applies;
  const names = Array.from({ length: 200 }, (_, index) => `b${String(index)}`);
  await Promise.all(names.map((name) => writeFile(path.join(folder, `${name}.yaml`), describing(name, '1'))));
  await vi.waitFor(() => expect(applied.size).toBe(201), patience);
  expect(applies - before).toBeLessThanOrEqual(2);
});

test('a file that changes all the time is applied when it rests, not each time', async () => {
  await start();
  for (let value = 2; value <= 40; value++) {
    await writeFile(path.join(folder, 'a.yaml'), describing('a', String(value)));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await becomes({ a: '40' });
  expect(applies).toBeLessThan(20);
});

test('a file with mistakes leaves its app as it is, and holds back no other', async () => {
  await start();
  await writeFile(path.join(folder, 'a.yaml'), 'name: [\n');
  await writeFile(path.join(folder, 'b.yaml'), describing('b', '1'));
  await becomes({ a: '1', b: '1' });
  await vi.waitFor(() => expect(news.map(({ type }) => type)).toContain('invalid'), patience);
  expect(running.state().apps.get('a')?.presence.at).toBe('invalid');
  await writeFile(path.join(folder, 'a.yaml'), describing('a', '2'));
  await becomes({ a: '2', b: '1' });
  expect(news.map(({ type }) => type)).toContain('valid');
});

test('two files of one app are a mistake in both, and change nothing', async () => {
  await start();
  await writeFile(path.join(folder, 'copy.yaml'), describing('a', '2'));
  await vi.waitFor(() => expect(running.state().apps.get('a')?.presence.at).toBe('invalid'), patience);
  expect(Object.fromEntries(applied)).toEqual({ a: '1' });
  await unlink(path.join(folder, 'a.yaml'));
  await becomes({ a: '2' });
});

test('a deleted file takes its app along after its time; a renamed one does not', async () => {
  await start();
  await writeFile(path.join(folder, 'b.yaml'), describing('b', '1'));
  await becomes({ a: '1', b: '1' });
  const before = applies;
  await rename(path.join(folder, 'a.yaml'), path.join(folder, 'renamed.yaml'));
  await unlink(path.join(folder, 'b.yaml'));
  await becomes({ a: '1' });
  expect(news).toContainEqual({ type: 'removed', app: 'b' });
  expect(news).not.toContainEqual({ type: 'absent', app: 'a' });
  // Its source is told anew, and that is all.
  expect(applies - before).toBeLessThanOrEqual(1);
  expect(await readFile(path.join(folder, 'renamed.yaml'), 'utf8')).toContain('name: a');
});

describe('files of other formats that are one app together', () => {
  const quadlet = (value: string): string =>
    `[Container]\nImage=docker.io/library/web:1\nEnvironment=V=${value}\n`;
  const pod = (name: string, value: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - {name: web, image: "web:1", env: [{name: V, value: "${value}"}]}\n`;
  const containers = (app: string): number => requests.get(app)?.containers.length ?? 0;

  test('those of Quadlet in a folder of their own: one changed, one more, a drop-in, one less', async () => {
    const shop = path.join(folder, 'shop');
    await mkdir(shop);
    await writeFile(path.join(shop, 'web.container'), quadlet('1'));
    await start({ a: '1', shop: '1' });
    await writeFile(path.join(shop, 'web.container'), quadlet('2'));
    await becomes({ a: '1', shop: '2' });
    await writeFile(path.join(shop, 'zone.container'), quadlet('2'));
    await vi.waitFor(() => expect(containers('shop')).toBe(2), patience);
    await mkdir(path.join(shop, 'web.container.d'));
    await writeFile(path.join(shop, 'web.container.d', 'v.conf'), '[Container]\nEnvironment=V=3\n');
    await becomes({ a: '1', shop: '3' });
    await unlink(path.join(shop, 'zone.container'));
    await vi.waitFor(() => expect(containers('shop')).toBe(1), patience);
    expect(news.filter(({ type }) => type === 'absent')).toEqual([]);
  });

  test('a folder of theirs that another one takes the place of, by a rename', async () => {
    const [shop, next] = [path.join(folder, 'shop'), path.join(temp, 'next')];
    await mkdir(shop);
    await writeFile(path.join(shop, 'web.container'), quadlet('1'));
    await start({ a: '1', shop: '1' });
    for (const value of ['2', '3']) {
      await mkdir(next);
      await writeFile(path.join(next, 'web.container'), quadlet(value));
      await rename(shop, path.join(temp, `before-${value}`));
      await rename(next, shop);
      await becomes({ a: '1', shop: value });
    }
    // And what it listens to now is heard as well.
    await writeFile(path.join(shop, 'web.container'), quadlet('4'));
    await becomes({ a: '1', shop: '4' });
  });

  test('manifests that a .kube file names, beside it and elsewhere', async () => {
    const shop = path.join(folder, 'shop');
    const far = path.join(temp, 'far');
    await mkdir(shop);
    await mkdir(far);
    await writeFile(path.join(shop, 'near.kube'), '[Kube]\nYaml=near.yaml\n');
    await writeFile(path.join(shop, 'near.yaml'), pod('near', '1'));
    await start({ a: '1', shop: '1' });
    await writeFile(path.join(shop, 'near.yaml'), pod('near', '2'));
    await becomes({ a: '1', shop: '2' });
    await writeFile(path.join(far, 'far.yaml'), pod('far', '3'));
    await writeFile(path.join(shop, 'near.kube'), `[Kube]\nYaml=${path.join(far, 'far.yaml')}\n`);
    await becomes({ a: '1', shop: '3' });
    await vi.waitFor(() => expect(running.state().scan.at).toBe('resting'), patience);
    await writeFile(path.join(far, 'far.yaml'), pod('far', '4'));
    await becomes({ a: '1', shop: '4' });
  });

  test('manifests of Kubernetes beside other descriptors; a mistake in one leaves the whole app as it is', async () => {
    await writeFile(path.join(folder, 'one.yaml'), pod('one', '1'));
    await writeFile(path.join(folder, 'two.yaml'), pod('two', '1'));
    await start({ a: '1', apps: '1' });
    await writeFile(path.join(folder, 'two.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: [\n');
    await vi.waitFor(() => expect(running.state().apps.get('apps')?.presence.at).toBe('invalid'), patience);
    await writeFile(path.join(folder, 'two.yaml'), pod('two', '1'));
    await writeFile(path.join(folder, 'one.yaml'), pod('one', '2'));
    await becomes({ a: '1', apps: '2' });
  });

  test('a folder of theirs that goes takes its app along after its time', async () => {
    const shop = path.join(folder, 'shop');
    await mkdir(shop);
    await writeFile(path.join(shop, 'web.container'), quadlet('1'));
    await start({ a: '1', shop: '1' });
    await rm(shop, { recursive: true });
    await becomes({ a: '1' });
  });
});
