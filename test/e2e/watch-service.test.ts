import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type Registry, startRegistry } from '../lab/registry.ts';
import { until } from '../lab/until.ts';
import type { WatchState } from '../../src/report/watch-state.ts';
import { undocumented } from '../support/documented-events.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { patienceMs } from '../lab/patience.ts';

const folder = '/srv/service-apps';
const port = { docker: 8131, podman: 8132 } as const;

describe('gear watch as a service', () => {
  let on: GearHost;
  let registry: Registry;
  let image: string;

  async function describeSite(engine: 'docker' | 'podman', of: string): Promise<void> {
    const text = `name: site-${engine}\nengine: ${engine}\ncontainers:\n  web: {image: "${of}", ports: ["${String(port[engine])}:8080"]}\n  s: {image: "sleep:1", volumes: ["data:/data"]}\n`;
    const file = `${folder}/site-${engine}.yaml`;
    await on.host.exec(['sh', '-c', `cat >${file}.new && mv ${file}.new ${file}`], {
      input: Buffer.from(text),
    });
  }

  async function watched(): Promise<WatchState> {
    return JSON.parse((await on.ok('watch', 'status', '--json')).stdout) as WatchState;
  }

  function allApplied(count: number): Promise<true> {
    return until(
      `${String(count)} apps are applied`,
      async () => {
        const { apps } = await watched();
        return apps.length === count && apps.every(({ state }) => state === 'applied') ? true : undefined;
      },
      { timeoutMs: patienceMs, pauseMs: 200 },
    );
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    for (const engine of engines) await loadImages(on.host, engine, [webImage('1'), sleepImage()]);
    registry = await startRegistry(on.host, { secure: false, port: 5445 });
    image = await registry.push(webImage('2'));
    await registry.trust(on.host);
    await on.host.sh(`mkdir -p ${folder}`);
    for (const engine of engines) await describeSite(engine, 'web:1');
  });
  afterAll(async () => {
    await on.gear(['watch', '--uninstall']);
    await on.host.sh(
      `rm -rf ${folder} /srv/repo /srv/half /srv/reached /srv/goes-on; systemctl stop registry-5445`,
    );
    await on.clear();
  });

  /** What is said of a service for a repository that is not there. */
  async function failsOfGit(): Promise<string> {
    const said = await on.fails(1, 'watch', '--git', 'file:///srv/no-repository#main', '--install');
    await on.host.sh('rm -rf /var/lib/gear/git');
    return said;
  }

  test('of a folder that is not there is refused, and one that does not start leaves nothing of it', async () => {
    expect(await on.fails(4, 'watch', '/srv/nowhere', '--install')).toContain('mkdir -p /srv/nowhere');
    expect(await failsOfGit()).toContain('gear-watch.service did not start');
    expect(await on.property('gear-watch.service', 'LoadState')).toBe('not-found');
  });

  test('is installed with one command, started, on boot too, and applies at once', async () => {
    expect((await on.ok('watch', folder, '--install')).stdout).toBe('gear-watch.service installed\n');
    expect((await on.ok('watch', folder, '--install')).stdout).toBe('gear-watch.service unchanged\n');
    expect(await on.host.sh('systemctl is-enabled gear-watch.service')).toBe('enabled');
    expect(await on.property('gear-watch.service', 'Type')).toBe('notify');
    await allApplied(2);
    for (const engine of engines) await on.serves(port[engine], 'web 1');
  });

  test('stays the one that watches when another one in its place does not start', async () => {
    await on.fails(4, 'watch', '/srv/nowhere', '--install');
    await failsOfGit();
    expect(await on.property('gear-watch.service', 'ActiveState')).toBe('active');
    expect(await on.host.sh('systemctl cat gear-watch.service')).toContain(folder);
  });

  test('has few rights, and those that fetching and changing with both engines need', async () => {
    const verdict = await on.host.sh('systemd-analyze security --no-pager gear-watch.service | tail -1');
    expect(Number(/level for gear-watch.service: ([0-9.]+)/.exec(verdict)?.[1])).toBeLessThanOrEqual(4);
    for (const engine of engines) await describeSite(engine, image);
    for (const engine of engines) await on.serves(port[engine], 'web 2');
    await allApplied(2);
  });

  test('tells mistakes in gear status, gear watch status and the journal', async () => {
    await on.host.sh(`echo 'name: [' >${folder}/site-docker.yaml; echo 'name: [' >${folder}/stray.yaml`);
    await until(
      'the mistakes are known',
      async () => ((await watched()).strays.length === 1 ? true : undefined),
      { timeoutMs: patienceMs, pauseMs: 200 },
    );
    expect((await on.ok('watch', 'status')).stdout).toMatch(/site-docker +invalid/);
    expect((await on.ok('status')).stdout).toContain(`${folder}/stray.yaml: the bracket is not closed`);
    const row = await on.status('site-docker.web');
    expect(row.problems.map(({ message }) => message)).toContain(
      `${folder}/site-docker.yaml: the bracket is not closed`,
    );
    expect(await on.host.sh('journalctl --unit=gear-watch.service --output=cat')).toContain(
      'the bracket is not closed',
    );
    await on.host.sh(`rm ${folder}/stray.yaml`);
    await describeSite('docker', 'web:1');
    await on.serves(port.docker, 'web 1');
    await allApplied(2);
  });

  test('tells its metrics over a socket that only root may ask, and nothing can be told', async () => {
    const ask = 'curl --silent --unix-socket /run/gear/watch.sock';
    const text = await on.host.sh(`${ask} http://gear/metrics`);
    expect(text).toMatch(/^gear_watch_apps\{state="applied"\} 2$/m);
    expect(text).toMatch(/^gear_watch_applied_total \d+$/m);
    expect(await on.host.sh('stat -c "%a %U" /run/gear/watch.sock')).toBe('600 root');
    const posted = await on.host.sh(
      `${ask} --output /dev/null --write-out '%{http_code}' --data x http://gear/state`,
    );
    expect(posted).toBe('405');
  });

  test('its events are followed as they happen', async () => {
    await on.host.sh(`
      systemd-run --quiet --unit=following /opt/gear/bin/run.cjs events --json
      until journalctl --unit=following --output=cat | grep -q '"apps"'; do sleep 0.1; done`);
    await describeSite('podman', 'web:1');
    await on.host.waitFor(
      [
        'sh',
        '-c',
        `journalctl --unit=following --output=cat | grep -q '"type":"applied","app":"site-podman"'`,
      ],
      { timeoutMs: patienceMs },
    );
    await on.host.sh('systemctl stop following');
    const lines = await on.host.sh('journalctl --unit=following --output=cat');
    const events = lines.split('\n').flatMap((line) => {
      const event = line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {};
      return event['type'] === undefined ? [] : [event];
    });
    expect(await undocumented(events)).toEqual([]);
  });

  test('a restart of it, as on an upgrade of gear, restarts no container', async () => {
    await on.serves(port.podman, 'web 1');
    const pids = await Promise.all(engines.map((engine) => on.payloadPid(engine, `site-${engine}.web`)));
    await on.host.sh('systemctl restart gear-watch.service');
    await allApplied(2);
    expect(await Promise.all(engines.map((engine) => on.payloadPid(engine, `site-${engine}.web`)))).toEqual(
      pids,
    );
  });

  test('a watch that stands still is killed by systemd and comes back', async () => {
    const { pid } = await watched();
    await on.host.sh(`
      mkdir -p /run/systemd/system/gear-watch.service.d
      printf '[Service]\\nWatchdogSec=3\\n' >/run/systemd/system/gear-watch.service.d/soon.conf
      systemctl daemon-reload; systemctl restart gear-watch.service`);
    const next = Number(await on.property('gear-watch.service', 'MainPID'));
    expect(next).not.toBe(pid);
    await on.host.sh(`kill -STOP ${String(next)}`);
    await until(
      'another one watches',
      async () => {
        const now = Number(await on.property('gear-watch.service', 'MainPID'));
        return now !== next &&
          now !== 0 &&
          (await on.host.sh('systemctl is-active gear-watch || true')) === 'active'
          ? true
          : undefined;
      },
      { timeoutMs: patienceMs, pauseMs: 200 },
    );
    await on.host.sh('rm -r /run/systemd/system/gear-watch.service.d; systemctl daemon-reload');
    await allApplied(2);
  });

  test('follows a repository, commit by commit, and tells which one runs', async () => {
    const descriptor = (of: string): string =>
      `name: tracked\nengine: podman\ncontainers: {web: {image: "${of}", ports: ["8133:8080"]}}\n`;
    const commit = async (of: string): Promise<string> => {
      await on.host.exec(['sh', '-c', 'mkdir -p /srv/repo/apps && cat >/srv/repo/apps/tracked.yaml'], {
        input: Buffer.from(descriptor(of)),
      });
      return on.host.sh(`
        cd /srv/repo && git init --quiet --initial-branch=main . && git add . &&
        git -c user.name=t -c user.email=t@localhost commit --quiet --message change && git rev-parse HEAD`);
    };
    const first = await commit('web:1');
    await on.ok('watch', '--git', 'file:///srv/repo#main:apps', '--install');
    await on.serves(8133, 'web 1');
    expect((await watched()).commit).toBe(first);
    const second = await commit(image);
    // The repository breaks off in the middle of what it sends, and waits there until it has been looked at.
    await on.host.sh(`
      mkfifo /srv/reached /srv/goes-on
      printf '#!/bin/sh\n"$@" | head -c 100\necho >/srv/reached\nread line </srv/goes-on\nexit 1\n' >/srv/half && chmod +x /srv/half
      git config --system uploadpack.packObjectsHook /srv/half
      systemctl reload gear-watch.service`);
    await on.host.exec(['cat', '/srv/reached']);
    expect((await watched()).commit).toBe(first);
    expect(await on.host.sh('ls /var/lib/gear/git/*/commits')).toBe(first);
    await on.host.sh('git config --system --unset uploadpack.packObjectsHook; echo >/srv/goes-on');
    await on.host.waitFor(
      ['sh', '-c', 'journalctl --unit=gear-watch.service --output=cat | grep -q "the last commit stays"'],
      { timeoutMs: patienceMs },
    );
    expect((await watched()).commit).toBe(first);
    expect(await on.fetch(8133)).toContain('web 1');
    await on.host.sh('systemctl reload gear-watch.service');
    await on.serves(8133, 'web 2');
    expect((await watched()).commit).toBe(second);
    // What came from the folder that is no longer watched is not its to remove.
    for (const engine of engines) await on.serves(port[engine], 'web 1');
  });

  test('follows a repository over ssh, by the key that ssh_config names, and a commit that is pushed', async () => {
    const { host } = on;
    const { host: code } = await gearHost('bookworm');
    const url = 'ssh://code/srv/git/apps.git';
    const work = '/root/pushes';
    const descriptor = (of: string): string =>
      `name: pushed\nengine: docker\ncontainers: {web: {image: "${of}", ports: ["8134:8080"]}}\n`;
    const push = async (of: string): Promise<string> => {
      await host.exec(['sh', '-c', `mkdir -p ${work}/apps && cat >${work}/apps/pushed.yaml`], {
        input: Buffer.from(descriptor(of)),
      });
      return host.sh(`
        cd ${work} && git init --quiet --initial-branch=main . && git add . &&
        git -c user.name=t -c user.email=t@localhost commit --quiet --message change &&
        git push --quiet ${url} main && git rev-parse HEAD`);
    };
    try {
      // As a forge has it: an account of its own, and a key that opens nothing else.
      await code.sh(`
        useradd --create-home --home-dir /srv/git --shell /usr/bin/git-shell git
        runuser -u git -- git init --quiet --bare --initial-branch=main /srv/git/apps.git
        install -d -o git -m 700 /srv/git/.ssh`);
      await host.sh(`
        ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/deploy
        printf '# code\\nHost code\\n  HostName ${code.address}\\n  HostKeyAlias bookworm\\n  User git\\n  IdentityFile /root/.ssh/deploy\\n  IdentitiesOnly yes\\n# end\\n' >>/root/.ssh/config`);
      const install = ['watch', '--git', `${url}#main:apps`, '--install'];
      const early = await on.gear(install);
      expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('did not start') as string });
      expect(await host.sh('journalctl --unit=gear-watch.service --output=cat')).toContain(
        'Permission denied (publickey',
      );
      const key = await host.sh('cat /root/.ssh/deploy.pub');
      await code.exec(['sh', '-c', 'cat >/srv/git/.ssh/authorized_keys'], { input: `${key}\n` });
      const first = await push('web:1');
      await on.ok(...install);
      await on.serves(8134, 'web 1');
      expect((await watched()).commit).toBe(first);
      const second = await push(image);
      await host.sh('systemctl reload gear-watch.service');
      await on.serves(8134, 'web 2');
      expect((await watched()).commit).toBe(second);
    } finally {
      await code.sh('userdel --remove git || true');
      await host.sh(
        `rm -rf ${work} /root/.ssh/deploy /root/.ssh/deploy.pub; sed -i '/^# code$/,/^# end$/d' /root/.ssh/config`,
      );
    }
  });

  test('uninstalled, it is gone, and the containers run on', async () => {
    await on.ok('watch', '--uninstall');
    expect(await on.host.sh('systemctl is-active gear-watch.service || true')).toBe('inactive');
    expect(await on.host.sh('ls /etc/systemd/system | grep gear-watch || true')).toBe('');
    for (const engine of engines) await on.serves(port[engine], 'web 1');
    expect((await on.ok('watch', '--uninstall')).stdout).toBe('gear-watch.service absent\n');
  });
});
