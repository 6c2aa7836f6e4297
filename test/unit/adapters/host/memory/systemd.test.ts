import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryHost } from '../../../../../src/adapters/host/memory/host.ts';
import type { MemorySystemd } from '../../../../../src/adapters/host/memory/systemd.ts';
import { createContainer, dockerUnit, placeBootLink, placeUnit, podmanUnit } from './units.ts';

const unit = 'ctr-web.service';
const ready = 'ctr-web-ready.service';
let host: MemoryHost;
let systemd: MemorySystemd;

beforeEach(async () => {
  host = new MemoryHost();
  systemd = await host.systemd();
  await createContainer(host, 'ctr-web.h1');
  await createContainer(host, 'ctr-web.h2');
});

const active = (name: string): string => systemd.stateOf(name).activeState;
const running = (name: string): boolean => host.docker.containers.find(name)?.running ?? false;

describe('loading', () => {
  it('knows no unit without a file, and refuses to start it', async () => {
    expect(await systemd.units(['nope.service'])).toMatchObject([
      { loadState: 'not-found', activeState: 'inactive' },
    ]);
    await expect(systemd.start('nope.service')).rejects.toThrow('not-found');
  });

  it('reads a unit through links, without a reload when it was never loaded', async () => {
    await systemd.units([unit]);
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1'));
    expect(await systemd.start(unit)).toBe('done');
    expect(systemd.stateOf(unit)).toMatchObject({
      loadState: 'loaded',
      subState: 'running',
      fragmentPath: `/etc/systemd/system/${unit}`,
      environment: ['GEAR_HASH=h1', 'GEAR_TEXT=text of h1'],
    });
    expect(systemd.counts).toEqual({ reloads: 0, starts: 1, stops: 0 });
  });

  it('keeps the loaded text of a running unit until the reload', async () => {
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1'));
    await systemd.start(unit);
    placeUnit(host, 2, unit, dockerUnit('ctr-web.h2', 'h2'));
    await systemd.restart(unit);
    expect(running('ctr-web.h1')).toBe(true);
    await systemd.reload();
    expect(systemd.stateOf(unit).environment).toContain('GEAR_HASH=h2');
    expect(running('ctr-web.h1')).toBe(true);
    await systemd.restart(unit);
    expect([running('ctr-web.h1'), running('ctr-web.h2')]).toEqual([false, true]);
  });

  it('forgets a stopped unit that nothing wants, and keeps one that is wanted', async () => {
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1'));
    await systemd.start(unit);
    await systemd.stop(unit);
    expect(await systemd.list(['ctr-*.service'])).toEqual([]);
    placeBootLink(host, unit);
    await systemd.reload();
    expect(await systemd.list(['ctr-*.service'])).toEqual([
      { unit, loadState: 'loaded', activeState: 'inactive', subState: 'dead' },
    ]);
  });

  it('does not start what is masked', async () => {
    host.files.placeLink(`/etc/systemd/system/${unit}`, '/dev/null');
    expect(systemd.stateOf(unit)).toMatchObject({ loadState: 'masked', unitFileState: 'masked' });
    await expect(systemd.start(unit)).rejects.toThrow('masked');
  });

  it('tells drop-ins and whether the unit starts on boot', () => {
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1'));
    host.files.place(`/etc/systemd/system/${unit}.d/mine.conf`, '[Service]\nNice=5\n');
    expect(systemd.stateOf(unit)).toMatchObject({
      unitFileState: 'linked',
      dropInPaths: [`/etc/systemd/system/${unit}.d/mine.conf`],
    });
    placeBootLink(host, unit);
    expect(systemd.stateOf(unit).unitFileState).toBe('enabled');
  });
});

describe('a container of Docker', () => {
  beforeEach(() => placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1')));

  it('runs while its unit runs, and is kept when it stops', async () => {
    await systemd.start(unit);
    expect(host.docker.containers.find('ctr-web.h1')).toMatchObject({
      running: true,
      pid: systemd.stateOf(unit).mainPid,
    });
    await systemd.stop(unit);
    expect(host.docker.containers.find('ctr-web.h1')).toMatchObject({ running: false, state: 'exited' });
    expect(systemd.stateOf(unit)).toMatchObject({ activeState: 'inactive', mainPid: 0 });
  });

  it('is not started twice by a unit that is active', async () => {
    await systemd.start(unit);
    const { mainPid } = systemd.stateOf(unit);
    expect(await systemd.start(unit)).toBe('done');
    expect(systemd.stateOf(unit).mainPid).toBe(mainPid);
    expect(systemd.counts.starts).toBe(1);
  });

  it('fails to start when its behaviour or its absence says so, and is tried again', async () => {
    host.payloads.behaviours.set('h1', 'fails at start');
    expect(await systemd.start(unit)).toBe('failed');
    expect(systemd.stateOf(unit)).toMatchObject({
      activeState: 'activating',
      subState: 'auto-restart',
      result: 'exit-code',
      execMainStatus: 1,
      restarts: 1,
    });
    host.payloads.behaviours.clear();
    systemd.retry();
    expect(active(unit)).toBe('active');
    await systemd.stop(unit);
    host.docker.containers.remove('ctr-web.h1');
    expect(await systemd.start(unit)).toBe('failed');
  });

  it('stays down with Restart=no, until the failure is forgotten', async () => {
    placeUnit(
      host,
      2,
      'ctr-once.service',
      '[Service]\nExecStart=/usr/bin/docker start -a ctr-web.h1\nRestart=no\n',
    );
    host.payloads.behaviours.set('ctr-once.service', 'fails at start');
    expect(await systemd.start('ctr-once.service')).toBe('failed');
    expect(active('ctr-once.service')).toBe('failed');
    await systemd.resetFailed('ctr-once.service');
    await systemd.resetFailed('ctr-once.service');
    expect(active('ctr-once.service')).toBe('inactive');
    expect(host.calls.since().filter((call) => call.includes('resetFailed'))).toHaveLength(1);
  });

  it('does not start while its engine is down', async () => {
    host.docker.up = false;
    expect(await systemd.start(unit)).toBe('failed');
    await expect(host.docker.owned()).rejects.toThrow('Docker does not answer');
  });

  it('that crashes comes back with another process and a count', async () => {
    await systemd.start(unit);
    const before = systemd.stateOf(unit).mainPid;
    systemd.crash(unit, { signal: 9 });
    expect(systemd.stateOf(unit)).toMatchObject({
      activeState: 'active',
      restarts: 1,
      execMainCode: 2,
      execMainStatus: 9,
    });
    expect(systemd.stateOf(unit).mainPid).not.toBe(before);
  });

  it('is made again from ExecStartPre after a prune, from an image that is fetched again', async () => {
    const image = host.docker.images.publish('shop:1');
    await host.docker.pull('shop:1');
    const name = 'ctr-shop.h3';
    const create = `/bin/sh gates/create.sh /usr/bin/docker shop ${name} ${image.id} ${image.digests[0] ?? ''} create --name ${name} --label gear.name=shop ${image.id}`;
    placeUnit(host, 1, 'ctr-shop.service', `${dockerUnit(name, 'h3')}\nExecStartPre=${create}\n`);
    host.docker.prune();
    expect(host.docker.images.find('shop:1')).toBeNull();
    expect(await systemd.start('ctr-shop.service')).toBe('done');
    expect(host.docker.containers.find(name)).toMatchObject({
      running: true,
      labels: { 'gear.name': 'shop' },
    });
  });
});

describe('a container of Podman', () => {
  it('is made by its unit and gone when the unit stops', async () => {
    const { id } = host.podman.images.add('web:1');
    placeUnit(host, 1, unit, podmanUnit('ctr-web', 'h1', id));
    await systemd.start(unit);
    expect(await host.podman.owned()).toMatchObject([
      { name: 'ctr-web', running: true, labels: { 'gear.name': 'web', 'gear.hash': 'h1' } },
    ]);
    await systemd.stop(unit);
    expect(await host.podman.owned()).toEqual([]);
  });
});

describe('readiness', () => {
  const readyText = `[Unit]\nBindsTo=${unit}\nAfter=${unit}\n[Service]\nType=oneshot\nRemainAfterExit=yes\nRestart=on-failure\nExecStart=/bin/sh gates/ready.sh /usr/bin/docker ctr-web.h1 5 true\n`;

  beforeEach(() => {
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1', `Wants=${ready}`));
    placeUnit(host, 1, ready, readyText);
  });

  it('follows the start of the container, and its restart and stop', async () => {
    await systemd.start(unit);
    expect(systemd.stateOf(ready)).toMatchObject({ activeState: 'active', subState: 'exited' });
    await systemd.restart(unit);
    expect(active(ready)).toBe('active');
    await systemd.stop(unit);
    expect(active(ready)).toBe('inactive');
  });

  it('pulls the container in when it is started alone', async () => {
    expect(await systemd.start(ready)).toBe('done');
    expect(active(unit)).toBe('active');
  });

  it('that never comes fails its own job and never stops the container', async () => {
    host.payloads.behaviours.set('h1', 'never ready');
    expect(await systemd.start(unit)).toBe('done');
    expect(await systemd.start(ready)).toBe('failed');
    expect([active(unit), active(ready), running('ctr-web.h1')]).toEqual(['active', 'activating', true]);
  });

  it('is lost in a crash and found again after it', async () => {
    await systemd.start(unit);
    systemd.crash(unit);
    expect([active(unit), active(ready)]).toEqual(['active', 'active']);
  });
});

describe('dependencies', () => {
  it('starts what is required, and refuses when that fails', async () => {
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1', 'Requires=ctr-db.service'));
    placeUnit(host, 1, 'ctr-db.service', dockerUnit('ctr-web.h2', 'h2'));
    host.payloads.behaviours.set('ctr-db.service', 'fails at start');
    expect(await systemd.start(unit)).toBe('dependency');
    host.payloads.behaviours.clear();
    expect(await systemd.start(unit)).toBe('done');
    expect(active('ctr-db.service')).toBe('active');
    await systemd.stop('ctr-db.service');
    expect(active(unit)).toBe('inactive');
  });

  it('lets a gate wait for what is not active, until it is', async () => {
    const gate = 'ExecStartPre=/bin/sh gates/require.sh web ctr-db.service';
    placeUnit(host, 1, unit, `${dockerUnit('ctr-web.h1', 'h1')}\n${gate}\n`);
    placeUnit(host, 1, 'ctr-db.service', dockerUnit('ctr-web.h2', 'h2'));
    expect(await systemd.start(unit)).toBe('failed');
    await systemd.start('ctr-db.service');
    systemd.retry();
    expect(active(unit)).toBe('active');
  });

  it('stops with docker.service and comes back with it through its wants folder', async () => {
    placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1'));
    host.files.placeLink(`/etc/systemd/system/docker.service.wants/${unit}`, `/etc/systemd/system/${unit}`);
    await systemd.reload();
    await systemd.start(unit);
    await systemd.stop('docker.service');
    expect(active(unit)).toBe('inactive');
    await systemd.start('docker.service');
    systemd.retry();
    expect(active(unit)).toBe('active');
  });
});

describe('waiting', () => {
  beforeEach(() => placeUnit(host, 1, unit, dockerUnit('ctr-web.h1', 'h1')));

  it('for a start that hangs ends with what becomes of it', async () => {
    host.payloads.behaviours.set(unit, 'hangs at start');
    const settled = systemd.start(unit);
    expect(systemd.stateOf(unit)).toMatchObject({ activeState: 'activating', subState: 'start' });
    systemd.settle(unit);
    expect(await settled).toBe('done');
    await systemd.stop(unit);
    host.payloads.behaviours.set(unit, 'hangs at start');
    const canceled = systemd.start(unit);
    await systemd.stop(unit);
    expect(await canceled).toBe('canceled');
    expect(await systemd.start(unit, { queueOnly: true })).toBe('done');
    expect(active(unit)).toBe('activating');
  });
});

describe('jobs and schedules', () => {
  const job = dockerUnit('ctr-web.h1', 'h1')
    .replace('Restart=always', 'Restart=no')
    .concat('\nType=oneshot\nRemainAfterExit=yes\n');

  it('a job has run to its end when it is active, and its container does not run on', async () => {
    placeUnit(host, 1, unit, job);
    expect(await systemd.start(unit)).toBe('done');
    expect(systemd.stateOf(unit)).toMatchObject({ activeState: 'active', subState: 'exited', mainPid: 0 });
    expect(running('ctr-web.h1')).toBe(false);
  });

  it('a timer waits, tells its times, and starts its service when the moment comes', async () => {
    const timer = 'ctr-web.timer';
    placeUnit(host, 1, unit, job.replace('RemainAfterExit=yes', ''));
    placeUnit(host, 1, timer, '[Timer]\nOnCalendar=daily\n');
    expect(await systemd.start(timer)).toBe('done');
    expect(systemd.stateOf(timer)).toMatchObject({ activeState: 'active', subState: 'waiting' });
    expect(active(unit)).toBe('inactive');
    systemd.nextElapses.set(timer, 5);
    systemd.elapse(timer);
    expect(systemd.counts.starts).toBe(1);
    const nowMs = host.clock.nowMs();
    expect(await systemd.timers([timer, 'none.timer'])).toEqual([
      { unit: timer, nextMs: 5, lastMs: nowMs },
      { unit: 'none.timer', nextMs: 0, lastMs: 0 },
    ]);
  });

  it('a boot starts the timers that are linked', () => {
    placeUnit(host, 1, 'ctr-web.timer', '[Timer]\nOnCalendar=daily\n');
    host.files.placeLink(
      '/etc/systemd/system/timers.target.wants/ctr-web.timer',
      '/etc/systemd/system/ctr-web.timer',
    );
    host.reboot();
    expect(active('ctr-web.timer')).toBe('active');
  });
});

describe('a reload of a unit', () => {
  it('is a job of an active unit that says how', async () => {
    placeUnit(host, 1, unit, `${dockerUnit('ctr-web.h1', 'h1')}\nExecReload=/usr/bin/docker kill -s HUP x\n`);
    expect(await systemd.reloadUnit(unit)).toBe('invalid');
    await systemd.start(unit);
    expect(await systemd.reloadUnit(unit)).toBe('done');
    host.payloads.behaviours.set(unit, 'fails at reload');
    expect(await systemd.reloadUnit(unit)).toBe('failed');
    expect(running('ctr-web.h1')).toBe(true);
  });
});
