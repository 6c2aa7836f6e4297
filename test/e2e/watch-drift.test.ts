import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, stubbornImage, webImage } from '../lab/images.ts';
import { type Engine, engines, loadImages } from '../lab/load-images.ts';
import { until } from '../lab/until.ts';
import { undocumented } from '../support/documented-events.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { Watching } from './support/watching.ts';
import { patienceMs } from '../lab/patience.ts';

const port = { docker: 8121, podman: 8122 } as const;
const patience = { timeoutMs: patienceMs, pauseMs: 200 };

/** What is mended lately is mended later, so what is done to containers is shared out between apps. */
function descriptors(engine: Engine, value = '1'): Readonly<Record<string, string>> {
  const app = (name: string, containers: string): string =>
    `name: ${name}-${engine}\nengine: ${engine}\ncontainers:\n${containers}`;
  return {
    site: app(
      'site',
      `  web: {image: "web:1", ports: ["${String(port[engine])}:8080"]}\n  db: {image: "sleep:1", volumes: ["kept:/data"]}\n`,
    ),
    odd: app('odd', '  a: {image: "sleep:1"}\n  b: {image: "sleep:1"}\n'),
    hands: app(
      'hands',
      `  a: {image: "stubborn:1", stop_timeout: 1s}\n  b: {image: "sleep:1"}\n  c: {image: "sleep:1", env: {V: "${value}"}}\n  d: {image: "sleep:1"}\n`,
    ),
    frail: app(
      'frail',
      '  s: {image: "sleep:1", volumes: ["data:/data"], health: {cmd: [test, "!", -e, /data/sick], interval: 1s, retries: 1}}\n',
    ),
  };
}

describe('what changes on a host under gear watch', () => {
  let on: GearHost;
  let watching: Watching;
  /** How the units are that somebody stopped. */
  const left: Partial<Record<Engine, string>> = {};

  /** Each with Docker and with Podman, side by side. */
  async function both(work: (engine: Engine) => Promise<unknown>): Promise<void> {
    await Promise.all(engines.map(work));
  }

  function isEnabled(name: string): Promise<true> {
    const probe = async (): Promise<true | undefined> =>
      (await on.host.sh(`systemctl is-enabled ctr-${name}.service || true`)) === 'enabled' ? true : undefined;
    return until(`${name} is enabled`, probe, patience);
  }

  function containerOf(engine: Engine, name: string): Promise<string> {
    return on.host.sh(`${engine} ps --format '{{.Names}}' --filter label=gear.name=${name}`);
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    watching = new Watching(on, '/root/true');
    await both((engine) => loadImages(on.host, engine, [webImage('1'), sleepImage(), stubbornImage()]));
    await on.host.sh(`mkdir -p ${watching.folder}`);
    for (const engine of engines) {
      for (const [name, text] of Object.entries(descriptors(engine)))
        await watching.write(`${name}-${engine}.yaml`, text);
    }
    await watching.start();
    for (const engine of engines) {
      for (const name of Object.keys(descriptors(engine)))
        await watching.tells({ type: 'applied', app: `${name}-${engine}` }, patience.timeoutMs);
    }
    // That a person did it is known when it has lasted for 20 s, which pass while other things are done. This one has to
    // be killed, which leaves its unit failed, or not where the client heard systemd's signal before it had the status.
    await on.host.sh(`
      systemctl stop ctr-hands-docker.a.service ctr-hands-podman.a.service
      systemctl disable --now ctr-hands-docker.d.service ctr-hands-podman.d.service`);
    for (const engine of engines) left[engine] = await on.activeState(`hands-${engine}.a`);
  });
  afterAll(async () => {
    await watching.stop();
    await on.renewLogind();
    await on.host.sh('rm -rf /root/true /etc/systemd/system/ctr-hands-*.d; systemctl daemon-reload');
    await on.clear();
  });

  test('a container that somebody removed is made again, one that was renamed gets its name back', () =>
    both(async (engine) => {
      const [removed, renamed] = [`odd-${engine}.a`, `odd-${engine}.b`];
      const before = await containerOf(engine, renamed);
      const lost = await on.host.sh(`${engine} ps --quiet --no-trunc --filter label=gear.name=${removed}`);
      await on.host.sh(`${engine} rename ${before} elsewhere-${engine}; ${engine} rm --force ${lost}`);
      await until(
        'it is called as before',
        async () => ((await containerOf(engine, renamed)) === before ? true : undefined),
        patience,
      );
      await on.becomes(renamed, 'active', patience.timeoutMs);
      await on.becomes(removed, 'active', patience.timeoutMs);
      expect(await containerOf(engine, removed)).not.toBe('');
    }));

  test('a unit file that somebody edits is written anew', () =>
    both(async (engine) => {
      const file = `/etc/gear/current/units/ctr-odd-${engine}.b.service`;
      const before = await on.host.sh(`cat ${file}`);
      await on.host.sh(`sed -i 's/^\\[Service\\]/&\\nNice=5/' ${file}`);
      await until(
        'it reads as before',
        async () => ((await on.host.sh(`cat ${file}`)) === before ? true : undefined),
        patience,
      );
    }));

  test('a disabled unit starts on boot again', () =>
    both(async (engine) => {
      await on.host.sh(`systemctl disable ctr-site-${engine}.web.service`);
      await isEnabled(`site-${engine}.web`);
      await on.serves(port[engine], 'web 1');
    }));

  test('a removed network is made again', () =>
    both(async (engine) => {
      const force = engine === 'podman' ? '--force' : '';
      const network = `site-${engine}_default`;
      await on.host.sh(`
        for id in $(${engine} ps --quiet --filter label=gear.owner=site-${engine}); do ${engine} network disconnect --force ${network} $id; done
        ${engine} network rm ${force} ${network}`);
      const isThere = async (): Promise<true | undefined> =>
        (await on.host.sh(`${engine} network ls --format '{{.Name}}'`)).split('\n').includes(network)
          ? true
          : undefined;
      await until('the network is there', isThere, patience);
      await on.serves(port[engine], 'web 1', patience.timeoutMs);
    }));

  test('a removed volume is made again, and what used it runs', () =>
    both(async (engine) => {
      const volume = `site-${engine}_kept`;
      const made = (): Promise<string> =>
        on.host.sh(`${engine} volume inspect ${volume} --format '{{.CreatedAt}}' || true`);
      const before = await made();
      // Engines remove no volume that a container has; the container may be made again in between.
      await on.host.sh(`
        for turn in $(seq 50); do
          ${engine} rm --force $(${engine} ps --all --quiet --filter volume=${volume}) || true
          ${engine} volume rm ${volume} && exit 0
        done
        exit 1`);
      const isAnother = async (): Promise<true | undefined> => {
        const now = await made();
        return now !== '' && now !== before ? true : undefined;
      };
      await until('there is another volume', isAnother, patience);
      await on.becomes(`site-${engine}.db`, 'active', patience.timeoutMs);
      await on.inside(engine, `site-${engine}.db`, 'test', '-d', '/data');
    }));

  test('a container whose health check fails is restarted, and later the next time', () =>
    both(async (engine) => {
      const frail = `frail-${engine}.s`;
      const pid = await on.payloadPid(engine, frail);
      await on.inside(engine, frail, 'touch', '/data/sick');
      await watching.tells({ type: 'unhealthy', instance: frail, restartInMs: 0 }, patience.timeoutMs);
      await on.restarted(engine, frail, pid, patience.timeoutMs);
      const waits = async (): Promise<true | undefined> => {
        const told = (await watching.told()).filter((each) => each['instance'] === frail);
        return told.some(({ restartInMs }) => Number(restartInMs) > 1_000) ? true : undefined;
      };
      await until('the next restart waits', waits, patience);
      await on.inside(engine, frail, 'rm', '/data/sick');
    }));

  test('what a person stopped, masked or holds stays so, and a drop-in stays', async () => {
    const folder = (engine: Engine): string => `/etc/systemd/system/ctr-hands-${engine}.b.service.d`;
    await on.host.sh(`
      for folder in ${engines.map(folder).join(' ')}; do
        mkdir -p $folder
        printf '[Service]\\nNice=1\\n' >$folder/mine.conf
      done
      systemctl daemon-reload`);
    await on.ok('hold', ...engines.map((engine) => `hands-${engine}.c`), '--reason', 'a disk is replaced');
    await both(async (engine) => {
      const [stopped, changed, held] = ['a', 'b', 'c'].map((name) => `hands-${engine}.${name}`) as [
        string,
        string,
        string,
      ];
      const disabled = `hands-${engine}.d`;
      await watching.tellsOf(stopped, `somebody stopped ctr-${stopped}.service`, patience.timeoutMs);
      await watching.tellsOf(disabled, `somebody disabled and stopped ctr-${disabled}.service`);
      await watching.tellsOf(changed, "somebody's drop-in changes it", patience.timeoutMs);
      // Something else of the app is mended meanwhile, and these are not.
      await on.host.sh(`systemctl disable ctr-${changed}.service`);
      await isEnabled(changed);
      expect(left[engine]).toMatch(/^(?:failed|inactive)$/);
      expect(await on.activeState(stopped)).toBe(left[engine]);
      expect(await on.activeState(disabled)).toBe('inactive');
      expect(await on.activeState(held)).toBe('inactive');
      expect(await on.host.sh(`ls ${folder(engine)}`)).toBe('mine.conf');
      const link = `/etc/systemd/system/ctr-${stopped}.service`;
      await on.host.sh(`ln -sfn /dev/null ${link}; systemctl daemon-reload`);
      await watching.tellsOf(stopped, 'its unit is masked', patience.timeoutMs);
      expect(await on.host.sh(`readlink ${link}`)).toBe('/dev/null');
      // That takes away every link of the unit: it is held, for systemd would forget that it was stopped.
      await on.host.sh(`systemctl unmask ctr-${stopped}.service`);
      await watching.tellsOf(stopped, `somebody disabled and stopped ctr-${stopped}.service`);
      const own = `/etc/gear/current/units/ctr-${stopped}.service`;
      await on.host.waitFor(['sh', '-c', `test "$(readlink ${link})" = ${own}`], { timeoutMs: 60_000 });
      expect((await on.status(stopped)).held?.by).toBe('systemctl');
      expect(await on.activeState(stopped)).not.toBe('active');
    });
    await on.ok('start', ...engines.map((engine) => `hands-${engine}.a`));
  });

  test('a new version leaves held what a person holds, or disabled, also to another watch, until that ends', async () => {
    // What is done while nobody watches is found by the next one.
    await watching.stop();
    await on.host.sh('systemctl disable --now ctr-odd-docker.a.service ctr-odd-podman.a.service');
    const before = (await watching.told()).length;
    await watching.start();
    await both((engine) => watching.write(`hands-${engine}.yaml`, descriptors(engine, '2')['hands'] ?? ''));
    await both(async (engine) => {
      const isApplied = async (): Promise<true | undefined> =>
        (await watching.told())
          .slice(before)
          .some(({ type, app }) => type === 'applied' && app === `hands-${engine}`)
          ? true
          : undefined;
      await until('the new version is applied', isApplied, patience);
      expect(await on.activeState(`hands-${engine}.c`)).toBe('inactive');
      for (const disabled of [`hands-${engine}.d`, `odd-${engine}.a`]) {
        await watching.tellsOf(disabled, `somebody disabled and stopped ctr-${disabled}.service`);
        expect(await on.activeState(disabled)).toBe('inactive');
        expect((await on.status(disabled)).held?.by).toBe('systemctl');
      }
    });
    await on.ok('unhold', ...engines.map((engine) => `hands-${engine}.c`));
    await on.ok('start', ...engines.flatMap((engine) => [`hands-${engine}.d`, `odd-${engine}.a`]));
    await both(async (engine) => {
      await isEnabled(`hands-${engine}.d`);
      await on.becomes(`hands-${engine}.c`, 'active', patience.timeoutMs);
      expect(await on.variable(engine, `hands-${engine}.c`, 'V')).toBe('2');
    });
  });

  test.each([
    [
      'D-Bus',
      'systemctl kill --signal=KILL dbus.service; until busctl status; do sleep 0.1; done',
      'odd',
      'a',
    ],
    ['dockerd', 'systemctl restart docker.service', 'hands', 'b'],
    ['systemd', 'systemctl daemon-reexec', 'frail', 's'],
  ])('a restart of %s is no drift, and what comes after is heard', async (_what, restart, app, container) => {
    await on.host.sh(restart);
    for (const engine of engines) await on.serves(port[engine], 'web 1', patience.timeoutMs);
    await both(async (engine) => {
      const name = `${app}-${engine}.${container}`;
      await on.host.sh(`systemctl disable ctr-${name}.service`);
      await isEnabled(name);
    });
  });

  test('with --drift report it is told and left so, with ignore not even told', async () => {
    await watching.stop();
    for (const drift of ['report', 'ignore'] as const) {
      const before = (await watching.told()).length;
      const since = async (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
        (await watching.told()).slice(before);
      await watching.start('--drift', drift);
      const applied = async (app: string): Promise<true | undefined> =>
        (await since()).some((each) => each['type'] === 'applied' && each['app'] === app) ? true : undefined;
      await until('it looked', () => applied('site-podman'), patience);
      await on.host.sh('systemctl disable ctr-odd-docker.a.service ctr-odd-podman.a.service');
      const isTold = async (engine: Engine): Promise<true | undefined> =>
        (await since()).some((each) => JSON.stringify(each).includes(`"instance":"odd-${engine}.a"`))
          ? true
          : undefined;
      if (drift === 'report') await both((engine) => until('it is told', () => isTold(engine), patience));
      // What is written afterwards is applied; what was left before is still so.
      await watching.write('late.yaml', `name: late-${drift}\ncontainers: {s: {image: "sleep:1"}}\n`);
      await until('what was written is applied', () => applied(`late-${drift}`), patience);
      for (const engine of engines) {
        expect(await on.host.sh(`systemctl is-enabled ctr-odd-${engine}.a.service || true`)).not.toBe(
          'enabled',
        );
        if (drift === 'ignore') expect(await isTold(engine)).toBeUndefined();
      }
      expect((await since()).filter(({ type }) => type === 'mended')).toEqual([]);
      await watching.stop();
    }
  });

  test('everything that it told is an event of its document, with the fields that are named there', async () => {
    const told = await watching.told();
    const types = new Set(told.map(({ type }) => type));
    for (const type of ['applied', 'drifted', 'mended', 'unhealthy']) expect(types).toContain(type);
    // Nothing that went down with an engine was taken for a person's stop.
    const stopped = told.filter((each) => JSON.stringify(each).includes('somebody stopped'));
    expect(new Set(stopped.map(({ app }) => app))).toEqual(
      new Set(engines.map((engine) => `hands-${engine}`)),
    );
    expect(await undocumented(told)).toEqual([]);
  });
});
