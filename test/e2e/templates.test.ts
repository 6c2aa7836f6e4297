import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('templates of a host with %s', (engine) => {
  const name = `container-${engine}.service.hbs`;
  const file = `/etc/gear/templates/${name}`;
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost(engine === 'docker' ? 'bookworm' : 'trixie');
    await loadImages(on.host, engine, [sleepImage()]);
    await on.ok('install', 'sleep:1', 'web', '--engine', engine);
  });
  afterAll(async () => {
    await on.host.sh('rm -rf /etc/gear/templates /tmp/templates');
    await on.clear();
  });

  test('change units by a reload: the process stays the same', async () => {
    const pid = await on.payloadPid(engine, 'web');
    await on.host.sh(`mkdir -p /tmp/templates`);
    const shown = `/opt/gear/bin/run.cjs template show ${name}`;
    await on.host.sh(
      `${shown} | sed 's/^StartLimitIntervalSec=0$/&\\nOnFailure=alert@%n/' >/tmp/templates/${name}`,
    );
    expect((await on.ok('template', 'check', '/tmp/templates')).stdout).toContain('and read by systemd');
    await on.ok('set', 'web', '--restart', 'always', '--templates', '/tmp/templates');
    expect(await on.property('ctr-web.service', 'OnFailure')).toMatch(/^alert@ctr-web\.service/);
    expect(await on.payloadPid(engine, 'web')).toBe(pid);
    expect((await on.ok('cat', 'web')).stdout).toMatch(new RegExp(`OnFailure=.*← ${file}:\\d+\n`));
    const ls = JSON.parse((await on.ok('template', 'ls', '--json')).stdout) as object[];
    expect(ls).toContainEqual({ name, source: file, waits: false });
  });

  test('with a line that this systemd would ignore change nothing', async () => {
    const generation = await on.generation();
    await on.host.sh(`sed -i 's/^StartLimitIntervalSec=0$/&\\nOnFailrue=alert/' ${file}`);
    const told = await on.fails(4, 'set', 'web', '--label', 'a=b');
    expect(told).toContain('OnFailrue');
    expect(told).toMatch(new RegExp(`at ${file}:\\d+`));
    expect(await on.generation()).toBe(generation);
  });

  test('that are taken away leave the shipped ones', async () => {
    await on.host.sh(`rm ${file}`);
    await on.ok('set', 'web', '--restart', 'always');
    expect(await on.property('ctr-web.service', 'OnFailure')).toBe('');
  });
});
