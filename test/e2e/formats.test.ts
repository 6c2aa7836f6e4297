import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const ports = { docker: 8141, podman: 8142 } as const;

describe.each(engines)('files of other formats with %s', (engine) => {
  let on: GearHost;
  const port = ports[engine];

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files))
      await on.host.exec(['sh', '-c', `mkdir -p $(dirname ${path}) && cat >${path}`], {
        input: Buffer.from(text),
      });
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage()]);
  });
  afterAll(() => on.clear());

  describe('a folder of Quadlet files', () => {
    const app = `pod-${engine}`;
    const folder = `/root/${app}`;
    const full = (name: string) => `${app}.${name}`;
    const side = () => on.inside(engine, full('side'), 'wget', '-qO-', 'http://127.0.0.1:8080/');
    const web = (image: string) => ({
      [`${folder}/app.container`]: `[Container]\nImage=${image}\nPod=shop.pod\n\n[Service]\nRestart=always\n`,
    });

    test('is one app, whose pod has one network', async () => {
      await write({
        ...web('web:1'),
        [`${folder}/shop.pod`]: `[Pod]\nPublishPort=${String(port)}:8080\n`,
        [`${folder}/side.container`]:
          '[Container]\nImage=sleep:1\nPod=shop.pod\nVolume=data.volume:/data\n\n[Service]\nRestart=always\n',
        [`${folder}/data.volume`]: `[Volume]\nVolumeName=kept-${engine}\n`,
      });
      await on.ok('apply', folder, '--engine', engine, '--yes');
      await on.serves(port, 'web 1');
      expect(await side()).toContain('web 1');
      expect(await on.host.sh(`${engine} volume ls --quiet`)).toContain(`kept-${engine}`);
    });

    test('a container goes along with the one whose network it shares', async () => {
      const pid = await on.payloadPid(engine, full('side'));
      await on.host.sh(`systemctl restart ctr-${full('app')}.service`);
      await on.restarted(engine, full('side'), pid);
      await on.serves(port, 'web 1');
      expect(await side()).toContain('web 1');
    });

    test('a new form of the one makes a new form of the other', async () => {
      await write(web('web:2'));
      await on.ok('apply', folder, '--engine', engine, '--yes');
      await on.serves(port, 'web 2');
      expect(await side()).toContain('web 2');
    });
  });
});
