import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { until } from '../lab/until.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { Watching } from './support/watching.ts';

const port = { docker: 8111, podman: 8112 } as const;

describe.each(engines)('a folder that gear watches, with %s', (engine) => {
  let on: GearHost;
  let watching: Watching;

  const web = (image: string): string =>
    `name: site\nengine: ${engine}\ncontainers:\n  web: {image: "${image}", ports: ["${String(port[engine])}:8080"]}\n`;
  const sleeper = (app: string, value = '1'): string =>
    `name: ${app}\nengine: ${engine}\ncontainers:\n  s: {image: "sleep:1", env: {V: "${value}"}, volumes: ["data:/data"]}\n`;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage(), exitImage(3)]);
    watching = new Watching(on, `/root/watched-${engine}`);
    await watching.start();
  });
  afterAll(async () => {
    await watching.stop();
    await on.host.sh('rm -rf /root/watched-*');
    await on.clear();
  });

  test('a new file runs, a changed one too, and nothing else restarts', async () => {
    await watching.write('site.yaml', web('web:1'));
    await watching.write('other.yaml', sleeper('other'));
    await on.serves(port[engine], 'web 1', 60_000);
    await on.becomes('other.s', 'active', 60_000);
    const pid = await on.payloadPid(engine, 'other.s');
    await watching.write('site.yaml', web('web:2'));
    await on.serves(port[engine], 'web 2', 60_000);
    expect(await on.payloadPid(engine, 'other.s')).toBe(pid);
  });

  test('a file with mistakes, and one that does not start, leave what runs; the next good one is applied', async () => {
    await watching.write('site.yaml', 'name: [');
    await watching.tells({ type: 'invalid', source: `${watching.folder}/site.yaml` });
    expect(await on.fetch(port[engine])).toContain('web 2');
    await watching.write('site.yaml', web('exit:3'));
    await watching.tells({ type: 'failed', app: 'site' });
    await on.serves(port[engine], 'web 2', 60_000);
    await watching.write('site.yaml', web('web:1'));
    await on.serves(port[engine], 'web 1', 60_000);
  });

  test('ten files written together are one change', async () => {
    const before = await on.generation();
    const made = Array.from({ length: 10 }, (_, index) => `many${String(index)}`);
    const texts = made.map((app) => `${sleeper(app)}---8<---\n`).join('');
    const split = `csplit -q -z -f /root/part- -b %d.yaml - '/---8<---/' '{*}' && sed -i '/---8<---/d' /root/part-*.yaml && find /root/part-*.yaml -empty -delete && mv /root/part-*.yaml ${watching.folder}/`;
    await on.host.exec(['sh', '-c', split], { input: Buffer.from(texts) });
    await watching.lists(['site.web', 'other.s', ...made.map((app) => `${app}.s`)]);
    expect((await on.generation()) - before).toBe(1);
  });

  test('most of the files deleted at once remove nothing until somebody agrees, and then volumes stay', async () => {
    await on.host.sh(`rm ${watching.folder}/part-*.yaml`);
    await watching.tells({ type: 'absent', app: 'many3' });
    await until(
      'they are held',
      async () => ((await watching.told()).some(({ type }) => type === 'held') ? true : undefined),
      { timeoutMs: 60_000 },
    );
    expect((await on.list()).length).toBe(12);
    await on.ok('watch', 'confirm');
    await watching.tells({ type: 'removed', app: 'many3' }, 120_000);
    await watching.lists(['site.web', 'other.s']);
    const volumes = await on.host.sh(`${engine} volume ls --quiet`);
    expect(volumes.split('\n')).toContain('many3_data');
    await on.host.sh(`${engine} volume rm $(${engine} volume ls --quiet | grep ^many)`);
  });

  test('a folder that vanishes takes nothing with it, and is heard of again', async () => {
    await on.host.sh(`mv ${watching.folder} /root/elsewhere`);
    await watching.tells({ type: 'lost', folder: watching.folder });
    await on.host.sh(`mv /root/elsewhere ${watching.folder}`);
    await watching.tells({ type: 'found', folder: watching.folder });
    await watching.write('site.yaml', web('web:2'));
    await on.serves(port[engine], 'web 2', 60_000);
    expect((await on.list()).length).toBe(2);
  });

  test('killed, it finds what changed meanwhile: a new version, a new app, one less', async () => {
    await watching.stop('SIGKILL');
    await watching.write('site.yaml', web('web:1'));
    await watching.write('third.yaml', sleeper('third'));
    await watching.write('fourth.yaml', sleeper('fourth'));
    await on.host.sh(`rm ${watching.folder}/other.yaml`);
    await watching.start();
    await on.serves(port[engine], 'web 1', 60_000);
    await watching.lists(['site.web', 'third.s', 'fourth.s'], 90_000);
  });

  test('a second watch of the host is refused and told of the first', async () => {
    const stderr = await on.fails(5, 'watch', watching.folder);
    expect(stderr).toContain(`"gear watch ${watching.folder}`);
    expect(stderr).toMatch(/pid \d+/);
  });

  test('once, it does what is to be done and ends with what is wrong', async () => {
    await watching.stop();
    expect(await on.fails(5, 'watch', 'confirm')).toContain('no gear watch runs');
    await watching.write('site.yaml', web('web:2'));
    await on.ok('watch', watching.folder, '--once');
    expect(await on.fetch(port[engine])).toContain('web 2');
    await watching.write('bad.yaml', 'name: [');
    expect(await on.fails(4, 'watch', watching.folder, '--once')).toContain('the bracket is not closed');
  });
});
