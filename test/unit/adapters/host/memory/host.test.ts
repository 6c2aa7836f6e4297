import { beforeEach, describe, expect, it } from 'vitest';
import { Killed } from '../../../../../src/adapters/host/memory/calls.ts';
import { MemoryHost } from '../../../../../src/adapters/host/memory/host.ts';
import type { Failure } from '../../../../../src/errors/failure.ts';
import { createContainer, dockerUnit, placeBootLink, placeUnit } from './units.ts';

const unit = 'ctr-web.service';
const diskFull: Failure = { code: 'DISK_FULL', message: 'no space left on device', next: 'free some' };
let host: MemoryHost;

beforeEach(() => {
  host = new MemoryHost();
});

describe('the log of calls', () => {
  it('has every change in order and nothing of what only looks', async () => {
    await host.facts();
    await host.listening();
    await host.files.read('/etc/gear/current');
    await (await host.systemd()).list(['*']);
    await host.docker.owned();
    expect(host.calls.since()).toEqual([]);
    await host.files.write('/etc/gear/x', '', 0o600);
    await host.files.link('/etc/gear/current', '1');
    const mark = host.calls.mark;
    await host.files.remove('/etc/gear/x');
    await (await host.systemd()).reload();
    expect(host.calls.since(mark)).toEqual(['files.remove /etc/gear/x', 'systemd.reload']);
    expect(host.calls.since()).toHaveLength(4);
  });

  it('leaves out what finds nothing to change', async () => {
    await host.files.remove('/no');
    await host.files.removeFolder('/no');
    await host.docker.remove('no', 'web');
    await host.docker.untag('gear.local/no:1');
    expect(host.calls.since()).toEqual([]);
  });
});

describe('a fault', () => {
  it('refuses the n-th call that matches, and no other', async () => {
    host.calls.refuse(/^files\.write/, diskFull, 2);
    await host.files.write('/a', '', 0o644);
    await expect(host.files.writeFolder('/b', [])).rejects.toMatchObject({ failures: [diskFull] });
    expect(await host.files.exists('/b')).toBe(false);
    await host.files.writeFolder('/b', []);
    expect(host.calls.since()).toEqual(['files.write /a', 'files.writeFolder /b']);
  });

  it('of a killed gear lets nothing more happen until the next one', async () => {
    host.calls.killAfter(1);
    await host.files.write('/a', '', 0o644);
    await expect(host.files.write('/b', '', 0o644)).rejects.toThrow(Killed);
    await expect((await host.systemd()).reload()).rejects.toThrow(Killed);
    expect(await host.files.exists('/b')).toBe(false);
    host.calls.revive();
    await host.files.write('/b', '', 0o644);
  });
});

describe('the power', () => {
  beforeEach(async () => {
    await createContainer(host, 'ctr-web.h1');
    await createContainer(host, 'ctr-web.h2');
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1'));
    placeUnit(host, 1, 'ctr-held.service', dockerUnit('ctr-web.h2', 'h2'));
    placeBootLink(host, unit);
    await (await host.systemd()).start('ctr-held.service');
  });

  it('that fails takes every process, the lock and /run with it, and no file', async () => {
    const lease = await host.lock.acquire({ command: 'x', by: 'root', pid: 1, sinceMs: 0 }, { timeoutMs: 0 });
    await host.files.write('/run/gear/loaded', '1', 0o644);
    host.powerOff();
    expect(lease.lost.aborted).toBe(true);
    expect(host.lock.holder).toBeNull();
    expect(await host.files.exists('/run/gear/loaded')).toBe(false);
    expect(await host.files.exists('/etc/gear/generations/1')).toBe(true);
    expect(host.docker.containers.all().some(({ running }) => running)).toBe(false);
    expect(host.init.stateOf('ctr-held.service').activeState).toBe('inactive');
  });

  it('that comes back starts what is linked for boot; dangling links are nothing', () => {
    placeBootLink(host, 'ctr-gone.service');
    host.reboot();
    expect(host.init.stateOf(unit)).toMatchObject({ activeState: 'active', unitFileState: 'enabled' });
    expect(host.init.stateOf('ctr-held.service').activeState).toBe('inactive');
    expect(host.init.stateOf('ctr-gone.service').loadState).toBe('not-found');
  });

  it('starts what the current generation says at that moment', () => {
    placeUnit(host, 2, unit, dockerUnit('ctr-web.h2', 'h2'));
    host.reboot();
    expect(host.init.stateOf(unit).environment).toContain('GEAR_HASH=h2');
    expect(host.docker.containers.find('ctr-web.h2')?.running).toBe(true);
  });
});

describe('an engine', () => {
  it('that the host does not have is absent', async () => {
    await expect(new MemoryHost({ engines: ['podman'] }).engine('docker')).rejects.toMatchObject({
      failures: [{ code: 'ENGINE_ABSENT' }],
    });
  });

  it('finds an image by any name for it, its ID, tag and digest', async () => {
    const published = host.docker.images.publish('shop/web:3', { volumes: ['/data'] });
    expect(await host.docker.image('shop/web:3')).toBeNull();
    const pulled = await host.docker.pull('shop/web:3');
    expect(pulled).toEqual(published);
    for (const name of [pulled.id, 'docker.io/shop/web:3', pulled.digests[0] ?? ''])
      expect(await host.docker.image(name)).toEqual(pulled);
    await expect(host.docker.pull('nobody/has:1')).rejects.toMatchObject({
      failures: [{ code: 'IMAGE_UNKNOWN' }],
    });
    const denied: Failure = { code: 'PULL_DENIED', message: '401', next: 'docker login' };
    host.docker.images.withhold('shop/secret:1', denied);
    await expect(host.docker.pull('shop/secret:1')).rejects.toMatchObject({ failures: [denied] });
  });

  it('moves a tag to the newer image and keeps the older one', async () => {
    const first = host.docker.images.publish('web:1');
    await host.docker.pull('web:1');
    await host.docker.tag(first.id, 'gear.local/web:1');
    const second = host.docker.images.publish('web:1', { user: 'nobody' });
    await host.docker.pull('web:1');
    expect((await host.docker.image('web:1'))?.id).toBe(second.id);
    expect((await host.docker.image(first.id))?.tags).toEqual(['gear.local/web:1']);
    expect(await host.docker.tags('gear.local/')).toEqual(['gear.local/web:1']);
    await host.docker.untag('gear.local/web:1');
    expect(await host.docker.image(first.id)).toBeNull();
  });

  it('creates a container with its labels, once, and removes it for its owner alone', async () => {
    await createContainer(host, 'ctr-web.h1');
    expect(await host.docker.container('ctr-web.h1')).toMatchObject({
      running: false,
      state: 'created',
      labels: { 'gear.name': 'web', 'gear.owner': 'web' },
    });
    await expect(createContainer(host, 'ctr-web.h1')).rejects.toMatchObject({
      failures: [{ code: 'ENGINE_FAILED' }],
    });
    await expect(host.docker.remove('ctr-web.h1', 'shop')).rejects.toMatchObject({
      failures: [{ code: 'NOT_OURS' }],
    });
    await host.docker.remove('ctr-web.h1', 'web');
    expect(await host.docker.container('ctr-web.h1')).toBeNull();
  });

  it('knows a stranger of the same name from its own', async () => {
    host.docker.containers.addForeign('ctr-web.h1');
    expect(await host.docker.owned()).toEqual([]);
    expect((await host.docker.container('ctr-web.h1'))?.labels).toEqual({});
  });

  it('makes a volume once and removes it for its owner alone', async () => {
    const labels = { 'gear.name': 'web' };
    expect(await host.docker.ensureVolume('ctr-web.data', labels)).toBe(true);
    expect(await host.docker.ensureVolume('ctr-web.data', labels)).toBe(false);
    host.docker.volumes.set('theirs', {});
    expect(await host.docker.ownedVolumes()).toEqual([
      { name: 'ctr-web.data', folder: '/volumes/ctr-web.data', driver: 'local', options: {}, labels },
    ]);
    await expect(host.docker.removeVolume('theirs', 'web')).rejects.toMatchObject({
      failures: [{ code: 'NOT_OURS' }],
    });
    await host.docker.removeVolume('ctr-web.data', 'web');
    expect(await host.docker.volume('ctr-web.data')).toBeNull();
  });
});

describe('the lock', () => {
  const holder = { command: 'install web', by: 'root', pid: 1, sinceMs: 0 };

  it('goes to those who wait in order, who are told of its holder', async () => {
    const told: unknown[] = [];
    const first = await host.lock.acquire(holder, { timeoutMs: 0 });
    const second = host.lock.acquire(
      { ...holder, pid: 2 },
      { timeoutMs: 1000, onWaiting: (who) => told.push(who) },
    );
    const third = host.lock.acquire({ ...holder, pid: 3 }, { timeoutMs: 1000 });
    expect(told).toEqual([holder]);
    await first.release();
    expect(host.lock.holder?.pid).toBe(2);
    await (await second).release();
    await first.release();
    expect(host.lock.holder?.pid).toBe(3);
    await (await third).release();
    expect(host.lock.holder).toBeNull();
  });

  it('is given up when the time is up or the caller goes', async () => {
    await host.lock.acquire(holder, { timeoutMs: 0 });
    const late = expect(host.lock.acquire(holder, { timeoutMs: 1000 })).rejects.toThrow(
      '"install web" by root',
    );
    host.clock.advance(1000);
    await late;
    const caller = new AbortController();
    const given = expect(
      host.lock.acquire(holder, { timeoutMs: 1000, signal: caller.signal }),
    ).rejects.toMatchObject({
      failures: [{ code: 'INTERRUPTED' }],
    });
    caller.abort();
    await given;
    expect(host.lock.holder).toEqual(holder);
  });
});

describe('the journal', () => {
  it('tells the last lines of a unit, and goes on when it is followed', async () => {
    for (const message of ['one', 'two', 'three']) host.journal.add(unit, message);
    host.journal.add('other.service', 'noise');
    expect((await host.journal.last(unit, 2)).map(({ message }) => message)).toEqual(['two', 'three']);
    expect(await host.journal.last(unit, 2, host.clock.nowMs() + 1)).toEqual([]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const { message } of host.journal.read({
      units: [unit],
      lines: 1,
      follow: true,
      signal: stop.signal,
    })) {
      seen.push(message);
      if (message === 'three') setImmediate(() => host.journal.add(unit, 'four'));
      if (message === 'four') stop.abort();
    }
    expect(seen).toEqual(['three', 'four']);
  });
});

it('has one key, made on first use and readable by root alone', async () => {
  const key = await host.secretKey();
  expect(key).toHaveLength(32);
  expect(await host.secretKey()).toEqual(key);
  expect(host.files.modeOf('/etc/gear/key')).toBe(0o600);
  expect(host.calls.since()).toEqual(['files.write /etc/gear/key']);
});

it('refuses a key that is damaged instead of making another', async () => {
  host.files.place('/etc/gear/key', 'short', 0o600);
  await expect(host.secretKey()).rejects.toMatchObject({ failures: [{ code: 'FILE_FAILED' }] });
  expect(host.files.textOf('/etc/gear/key')).toBe('short');
});

describe('networks', () => {
  const shop = {
    app: 'shop',
    engine: 'docker',
    name: 'shop_default',
    spec: { subnet: '10.201.0.0/26' },
  } as const;

  it('are made once for their app, and are not for another', async () => {
    expect(await host.docker.ensureNetwork(shop)).toBe(true);
    expect(await host.docker.ensureNetwork(shop)).toBe(false);
    expect(await host.docker.network('shop_default')).toMatchObject({
      labels: { 'gear.owner': 'shop', 'gear.name': 'shop_default' },
    });
    expect(await host.docker.subnets()).toEqual(['10.201.0.0/26']);
    await expect(host.docker.ensureNetwork({ ...shop, app: 'other' })).rejects.toMatchObject({
      failures: [{ code: 'NOT_OURS', next: expect.stringContaining('docker network rm') as unknown }],
    });
  });

  it('of somebody else are left alone', async () => {
    host.docker.networks.addForeign('shop_default', ['10.7.0.0/16']);
    await expect(host.docker.ensureNetwork(shop)).rejects.toThrow('was not made by gear');
    await expect(host.docker.removeNetwork('shop_default', 'shop')).rejects.toThrow('was not made by gear');
    expect(await host.docker.ownedNetworks()).toEqual([]);
  });

  it('stay as long as a container is on them, running or not', async () => {
    await host.docker.ensureNetwork(shop);
    await host.docker.ensureNetwork({ ...shop, name: 'shop_back', spec: {} });
    const { id } = host.docker.images.add('web:1');
    const words = ['create', '--name', 'ctr-web.h1', '--network', 'shop_default', id];
    const connect = [{ name: 'shop_back', aliases: [] }];
    await host.docker.create({ name: 'ctr-web.h1', arguments: words, environment: {}, connect });
    expect(await host.docker.removeNetwork('shop_default', 'shop')).toEqual(['ctr-web.h1']);
    expect(await host.docker.removeNetwork('shop_back', 'shop')).toEqual(['ctr-web.h1']);
    host.docker.containers.remove('ctr-web.h1');
    expect(await host.docker.removeNetwork('shop_default', 'shop')).toEqual([]);
    expect(await host.docker.removeNetwork('shop_default', 'shop')).toEqual([]);
    expect((await host.docker.ownedNetworks()).map(({ name }) => name)).toEqual(['shop_back']);
  });
});

it('keeps what a volume was made with beside its labels', async () => {
  await host.podman.ensureVolume('data', {}, { driver: 'local', options: { type: 'tmpfs' } });
  expect(host.podman.volumeOptions.get('data')).toEqual({ driver: 'local', options: { type: 'tmpfs' } });
});

it('encrypts with systemd-creds, and decrypts under the same name alone', async () => {
  const { stdout } = await host.run(['systemd-creds', 'encrypt', '--name=db', '-', '-'], 'hunter2');
  expect(stdout).not.toContain('hunter2');
  const decrypt = (name: string) =>
    host.run(['systemd-creds', 'decrypt', `--name=${name}`, '-', '-'], stdout);
  expect(Buffer.from((await decrypt('db')).stdout, 'base64').toString()).toBe('hunter2');
  expect(await decrypt('other')).toMatchObject({ status: 1 });
});
