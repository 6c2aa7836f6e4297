import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { type Engine, engines, loadImages } from '../lab/load-images.ts';
import { until } from '../lab/until.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { Watching } from './support/watching.ts';
import { apps as written, ways } from './support/ways-to-write.ts';
import { patienceMs } from '../lab/patience.ts';

const port = { docker: 8111, podman: 8112 } as const;

describe('a folder that gear watches, with apps of both engines', () => {
  let on: GearHost;
  let watching: Watching;

  const web = (engine: Engine, image: string, more = ''): string =>
    `name: site-${engine}\nengine: ${engine}\ncontainers:\n  web: {image: "${image}", ports: ["${String(port[engine])}:8080"]${more}}\n`;
  const neverStarts = ', entrypoint: [/none]';
  const sleeper = (app: string, engine: Engine): string =>
    `name: ${app}\nengine: ${engine}\ncontainers:\n  s: {image: "sleep:1", volumes: ["data:/data"]}\n`;
  const sites = engines.map((engine) => `site-${engine}.web`);
  const others = engines.map((engine) => `other-${engine}.s`);

  async function writeSites(image: string, more = ''): Promise<void> {
    for (const engine of engines) await watching.write(`site-${engine}.yaml`, web(engine, image, more));
  }

  async function serve(text: string): Promise<void> {
    for (const engine of engines) await on.serves(port[engine], text);
  }

  /** That it lost the folder, or found it, as the last of both. */
  function tellsAgain(type: 'lost' | 'found'): Promise<true> {
    const isLast = async (): Promise<true | undefined> => {
      const told = (await watching.told()).filter(
        (each) => each['type'] === 'lost' || each['type'] === 'found',
      );
      return told.at(-1)?.['type'] === type ? true : undefined;
    };
    return until(`it tells that the folder is ${type}`, isLast, { timeoutMs: patienceMs });
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    const images = [webImage('1'), webImage('2'), sleepImage()];
    await Promise.all(engines.map((engine) => loadImages(on.host, engine, images)));
    watching = new Watching(on, '/root/watched');
    await watching.start();
  });
  afterAll(async () => {
    await watching.stop();
    await on.host.sh('umount /root/watched || true; rm -rf /root/watched');
    await on.clear();
  });

  test('a new file runs, a changed one too, and nothing else restarts', async () => {
    await writeSites('web:1');
    for (const engine of engines)
      await watching.write(`other-${engine}.yaml`, sleeper(`other-${engine}`, engine));
    await serve('web 1');
    for (const other of others) await on.becomes(other, 'active');
    const pids = await Promise.all(engines.map((engine) => on.payloadPid(engine, `other-${engine}.s`)));
    await writeSites('web:2');
    await serve('web 2');
    expect(await Promise.all(engines.map((engine) => on.payloadPid(engine, `other-${engine}.s`)))).toEqual(
      pids,
    );
  });

  // How soon, the test of the folders says: here the time of other work beside it would be counted.
  test('whatever way files are written, what they say is applied', async () => {
    for (const [turn, way] of ways.entries()) {
      const next = String(turn);
      const described = engines.map((engine, at) => ({
        name: `${written[at] ?? ''}.yaml`,
        text: sleeper(written[at] ?? '', engine).replace('"sleep:1",', `"sleep:1", env: {V: "${next}"},`),
      }));
      const writtenMs = await way.write(on.host, watching.folder, described);
      const applied = async (): Promise<true | undefined> => {
        const later = (await watching.told()).filter(({ timeMs }) => Number(timeMs) >= writtenMs);
        const isApplied = (app: string) =>
          later.some((each) => each['type'] === 'applied' && each['app'] === app);
        return written.every(isApplied) || undefined;
      };
      await until(`what is ${way.name} is applied`, applied, { timeoutMs: patienceMs });
      for (const [at, engine] of engines.entries())
        expect(await on.variable(engine, `${written[at] ?? ''}.s`, 'V')).toBe(next);
    }
    await on.host.sh(`cd ${watching.folder} && rm -r way-*.yaml ..data ..1 ..2 /root/ways`);
    await on.ok('rm', ...written, '--volumes');
  });

  test('a file with mistakes, and one that does not start, leave what runs; the next good one is applied', async () => {
    for (const engine of engines) await watching.write(`site-${engine}.yaml`, 'name: [');
    for (const engine of engines)
      await watching.tells({ type: 'invalid', source: `${watching.folder}/site-${engine}.yaml` });
    await serve('web 2');
    await writeSites('web:1', neverStarts);
    for (const engine of engines) await watching.tells({ type: 'failed', app: `site-${engine}` });
    await serve('web 2');
    await writeSites('web:1');
    await serve('web 1');
  });

  test('ten files written together are one change', async () => {
    const before = await on.generation();
    const made = Array.from({ length: 10 }, (_, index) => `many${String(index)}`);
    const texts = made.map((app, at) => `${sleeper(app, engines[at % 2] ?? 'podman')}---8<---\n`).join('');
    const split = `csplit -q -z -f /root/part- -b %d.yaml - '/---8<---/' '{*}' && sed -i '/---8<---/d' /root/part-*.yaml && find /root/part-*.yaml -empty -delete && mv /root/part-*.yaml ${watching.folder}/`;
    await on.host.exec(['sh', '-c', split], { input: Buffer.from(texts) });
    await watching.lists([...sites, ...others, ...made.map((app) => `${app}.s`)]);
    expect((await on.generation()) - before).toBe(1);
  });

  test('most of the files deleted at once remove nothing until somebody agrees, and then volumes stay', async () => {
    const count = (await on.list()).length;
    await on.host.sh(`rm ${watching.folder}/part-*.yaml`);
    await watching.tells({ type: 'absent', app: 'many3' });
    const areHeld = async (): Promise<true | undefined> => {
      const held = (await watching.told()).flatMap(({ type, apps }) => (type === 'held' ? apps : []));
      return (
        Array.from({ length: 10 }, (_, index) => `many${String(index)}`).every((app) => held.includes(app)) ||
        undefined
      );
    };
    await until('they are held', areHeld, { timeoutMs: patienceMs });
    expect((await on.list()).length).toBe(count);
    await on.ok('watch', 'confirm');
    await watching.tells({ type: 'removed', app: 'many3' });
    await watching.lists([...sites, ...others]);
    for (const [at, engine] of engines.entries()) {
      const volumes = await on.host.sh(`${engine} volume ls --quiet | grep '^many'`);
      expect(volumes.split('\n')).toContain(`many${String(at + 2)}_data`);
      await on.host.sh(`${engine} volume rm ${volumes.replaceAll('\n', ' ')}`);
    }
  });

  test('a folder that vanishes takes nothing with it, and is heard of again', async () => {
    const { folder } = watching;
    await on.host.sh(`mv ${folder} /root/elsewhere`);
    await watching.tells({ type: 'lost', folder });
    await on.host.sh(`mv /root/elsewhere ${folder}`);
    await watching.tells({ type: 'found', folder });
    await writeSites('web:2');
    await serve('web 2');
    expect((await on.list()).length).toBe(4);
  });

  test('killed, it finds what changed meanwhile: a new version, a new app, one less', async () => {
    const { folder } = watching;
    await watching.stop('SIGKILL');
    // From here on the folder is a file system of its own, and what it is mounted on is empty.
    await on.host.sh(`
      mkdir /root/aside && mv ${folder}/* /root/aside
      mount -t tmpfs tmpfs ${folder} && mv /root/aside/* ${folder} && rmdir /root/aside`);
    await writeSites('web:1');
    await watching.write('third.yaml', sleeper('third', 'docker'));
    await watching.write('fourth.yaml', sleeper('fourth', 'podman'));
    await on.host.sh(`rm ${folder}/other-docker.yaml`);
    // The first that go on do not come far either.
    for (const seconds of ['0.4', '0.8', '1.2']) {
      await watching.start();
      await on.host.sh(`sleep ${seconds}`);
      await watching.stop('SIGKILL');
    }
    await watching.startWithoutOverride();
    await serve('web 1');
    await watching.lists([...sites, 'other-podman.s', 'third.s', 'fourth.s']);
  });

  test('a folder that may not be read any more takes nothing with it, and is read when it may', async () => {
    const { folder } = watching;
    const before = await on.generation();
    await on.host.sh(`chown nobody ${folder} && chmod 700 ${folder}`);
    await tellsAgain('lost');
    await writeSites('web:2');
    await on.ok('watch', 'status');
    await serve('web 1');
    expect((await on.list()).length).toBe(5);
    expect(await on.generation()).toBe(before);
    await on.host.sh(`chmod 755 ${folder}`);
    await tellsAgain('found');
    await serve('web 2');
    await writeSites('web:1');
    await serve('web 1');
  });

  test('a folder that is unmounted takes nothing with it; SIGHUP looks, where a mount is heard of by nobody', async () => {
    const { folder } = watching;
    await on.host.sh(`cp -r ${folder} /root/aside && umount ${folder}`);
    await tellsAgain('lost');
    expect((await on.list()).length).toBe(5);
    await serve('web 1');
    for (const engine of engines)
      await on.host.exec(['sh', '-c', `cat >/root/aside/site-${engine}.yaml`], {
        input: Buffer.from(web(engine, 'web:2')),
      });
    await on.host.sh(`
      mkdir /root/mounted && mount -t tmpfs tmpfs /root/mounted && mv /root/aside/* /root/mounted
      mount --bind /root/mounted ${folder} && umount /root/mounted && rmdir /root/mounted /root/aside`);
    await watching.send('SIGHUP');
    await tellsAgain('found');
    await serve('web 2');
    expect((await on.list()).length).toBe(5);
  });

  test('a second watch of the host is refused and told of the first', async () => {
    const stderr = await on.fails(5, 'watch', watching.folder);
    expect(stderr).toContain(`"gear watch ${watching.folder}`);
    expect(stderr).toMatch(/pid \d+/);
  });

  test('once, it does what is to be done and ends with what is wrong', async () => {
    const { folder } = watching;
    await watching.stop();
    expect(await on.fails(5, 'watch', 'confirm')).toContain('no gear watch runs');
    await writeSites('web:1');
    await on.ok('watch', folder, '--once');
    for (const engine of engines) expect(await on.fetch(port[engine])).toContain('web 1');
    await watching.write('bad.yaml', 'name: [');
    expect(await on.fails(4, 'watch', folder, '--once')).toContain('the bracket is not closed');
    await on.host.sh(`rm ${folder}/bad.yaml`);
    await writeSites('web:2', neverStarts);
    expect(await on.fails(6, 'watch', folder, '--once')).toContain('site');
    for (const engine of engines) expect(await on.fetch(port[engine])).toContain('web 1');
    await writeSites('none.invalid/there-is-none:1');
    expect(await on.fails(5, 'watch', folder, '--once')).toContain('none.invalid');
  });
});
