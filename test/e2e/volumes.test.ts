import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('what is in a volume of %s', (engine) => {
  let on: GearHost;
  let far: GearHost;
  const which = ['--engine', engine];
  const data = async (host: GearHost, volume: string): Promise<string> =>
    host.host.sh(`${engine} volume inspect --format '{{.Mountpoint}}' ${volume}`);
  /** Names, kinds, modes, owners, times, attributes and content of all that is in a folder. */
  const picture = async (host: GearHost, folder: string): Promise<string> =>
    host.host
      .sh(`cd ${folder}; stat -c '%a %u:%g' .; find . -mindepth 1 -printf '%p %y %m %U:%G %T@ %l\\n' | sort
      find . -type f | sort | xargs -d '\\n' sha256sum; getcap -r . 2>/dev/null || true`);

  beforeAll(async () => {
    [on, far] = await Promise.all([gearHost('trixie'), gearHost('bookworm')]);
    await loadImages(on.host, engine, [sleepImage()]);
    await on.ok('install', 'sleep:1', 'db', '--volume', 'data:/data', '--stop-timeout', '1s', ...which);
    const folder = await data(on, 'data');
    await on.host.sh(`cd ${folder}; echo kept >file; ln -s file link; ln file hard; mkfifo fifo
      install -d -o 1234 -g 5678 -m 2750 'a folder'; head -c 3000000 /dev/urandom >'a folder/big'
      chown 77:88 'a folder/big'; chmod 4711 file; : >'-rf'; touch -d @1000000000 'a folder'`);
  });
  afterAll(async () => {
    await on.clear();
    for (const { host } of [on, far]) {
      await host.sh(`rm -f /tmp/volume.tar; ${engine} volume rm --force data back new 2>&1 || true`);
    }
  });

  test('is the same after a backup from one host and a restore on an empty other one', async () => {
    const folder = await data(on, 'data');
    const inside = (words: string) => ['--freeze', words, '--thaw', 'touch /data/thawed'];
    await on.ok(
      'volume',
      'backup',
      'data',
      '/tmp/volume.tar',
      ...which,
      ...inside('touch "/data/it is frozen"'),
    );
    await on.host.sh(`test -e '${folder}/it is frozen'; rm ${folder}/thawed`);
    expect(await on.host.sh('stat -c %a /tmp/volume.tar')).toBe('600');
    const sent = await on.ok('volume', 'restore', 'bookworm/back', '/tmp/volume.tar', ...which);
    expect(sent.stdout).toMatch(/back restored, made anew; its checksum holds/);
    expect(await picture(far, await data(far, 'back'))).toBe(await picture(on, folder));
    // And back, through both connections and a pipe.
    await on.host.sh(
      `set -o pipefail; g=/opt/gear/bin/run.cjs
      $g volume backup bookworm/back - ${which.join(' ')} | $g volume restore new - ${which.join(' ')}`,
    );
    expect(await picture(on, await data(on, 'new'))).toBe(await picture(on, folder));
  });

  test('is not replaced while a container has it, nor without --force', async () => {
    const restore = ['volume', 'restore', 'data', '/tmp/volume.tar', ...which];
    expect(await on.fails(4, ...restore, '--force')).toMatch(/in use by what runs: db\n.*gear stop db/);
    await on.ok('stop', 'db');
    expect(await on.fails(4, ...restore)).toContain('gear volume backup data FILE');
    const folder = await data(on, 'data');
    await on.host.sh(`echo changed >${folder}/file; touch ${folder}/more`);
    await on.ok(...restore, '--force');
    expect(await on.host.sh(`cat ${folder}/file; ls ${folder}/more 2>&1 || true`)).toMatch(
      /^kept\n.*No such/,
    );
    await on.ok('start', 'db');
    expect(await on.inside(engine, 'db', 'cat', '/data/file')).toBe('kept');
  });

  test('is old or new after a kill at any step, and the same command finishes', async () => {
    await on.ok('stop', 'db');
    const folder = await data(on, 'data');
    const restore = ['volume', 'restore', 'data', '/tmp/volume.tar', '--force', ...which];
    for (const effect of ['1', '2', '3']) {
      await on.host.sh(`echo old >${folder}/file`);
      const { code } = await on.gear(restore, { env: { GEAR_STOP_AFTER_EFFECT: effect } });
      expect(code).not.toBe(0);
      expect((await on.ok('volume', 'ls')).stdout).toMatch(/data .*a restore was interrupted/);
      const { stderr } = await on.ok(...restore);
      expect(stderr).toContain('an earlier restore was interrupted');
      expect(await on.host.sh(`cat ${folder}/file; ls -A ${folder}/..`)).toMatch(
        /^kept\n_data\n?(opts\.json)?$/,
      );
    }
    await on.ok('start', 'db');
  });

  test('is not touched by an archive that was cut or changed on its way', async () => {
    await on.ok('stop', 'db');
    const folder = await data(on, 'data');
    await on.host.sh(`echo mine >${folder}/file; head -c 2000000 /tmp/volume.tar >/tmp/cut.tar`);
    expect(await on.fails(4, 'volume', 'restore', 'data', '/tmp/cut.tar', '--force', ...which)).toContain(
      'cut off',
    );
    expect(await on.host.sh(`rm /tmp/cut.tar; cat ${folder}/file; ls -A ${folder}/..`)).toMatch(
      /^mine\n_data/,
    );
    await on.ok('start', 'db');
  });

  test('is thawed when the copy fails', async () => {
    const folder = await data(on, 'data');
    const line = ['volume', 'backup', 'data', '/not/there.tar', ...which];
    await on.fails(5, ...line, '--freeze', 'touch /data/a', '--thaw', 'touch /data/b');
    await on.host.sh(`test -e ${folder}/b`);
    expect(await on.fails(1, ...line, '--freeze', 'false')).toContain('nothing was copied');
  });
});
