import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { image } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const conf = 'CONFDIR=/host${CONFDIR}';
const labelled = image({
  tag: 'labelled:1',
  labels: {
    INSTALL: `docker run --rm --privileged -v /:/host -e ${conf} -e U=$SUDO_UID IMAGE sh -c 'mkdir -p $CONFDIR && echo "uid $U" >$CONFDIR/conf'`,
    RUN: 'docker run -d --name NAME -v ${CONFDIR}:/conf:ro --label team=shop IMAGE',
    UNINSTALL: `docker run --rm -v /:/host -e ${conf} IMAGE sh -c 'rm -r $CONFDIR'`,
  },
});
/** Labels that only a shell could follow, each with what gear says of it. */
const evil = {
  'evil:1': ['docker run IMAGE true; touch /tmp/evil', 'this begins another command'],
  'evil:2': ['docker run IMAGE $(touch /tmp/evil)', 'would put a value'],
  'evil:3': ['docker run IMAGE true\ntouch /tmp/evil', 'a new command begins'],
  'evil:4': ['docker run -e A="`touch /tmp/evil`" IMAGE', 'would run a command'],
} as const;
const evilImages = Object.entries(evil).map(([tag, [line]]) =>
  image({ tag, labels: { INSTALL: 'docker run IMAGE true', RUN: line } }),
);

describe.each(engines)('with %s', (engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [labelled, ...evilImages]);
  });
  afterAll(async () => {
    await on.host.sh('rm -rf /etc/labelled /tmp/evil');
    await on.clear();
  });

  test('labels are shown, and followed only with --use-labels and a yes', async () => {
    const line = ['install', 'labelled:1', 'labelled', '--engine', engine];
    const shown = await on.fails(2, ...line, '--use-labels');
    expect(shown).toContain(`-e ${conf.replace('${CONFDIR}', '/etc/labelled')}`);
    expect(await on.list()).toEqual([]);
    const result = await on.gear([...line, '--use-labels', '--yes', '--label', 'more=1'], {
      env: { SUDO_UID: '1234' },
    });
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(await on.inside(engine, 'labelled', 'cat', '/conf/conf')).toBe('uid 1234');
    expect(await on.activeState('labelled')).toBe('active');
    await on.ok('rm', 'labelled', '--use-labels', '--yes');
    expect(await on.host.sh('ls -d /etc/labelled || true')).toBe('');
    expect(await on.list()).toEqual([]);
  });

  test('a label that only a shell could follow runs nothing, not even the one before it', async () => {
    for (const [tag, [, why]] of Object.entries(evil)) {
      const told = await on.fails(4, 'install', tag, 'evil', '--use-labels', '--yes', '--engine', engine);
      expect(told, tag).toContain(why);
      expect(told, tag).not.toContain('running LABEL');
    }
    expect(await on.host.sh('ls /tmp/evil || true')).toBe('');
    expect(await on.list()).toEqual([]);
  });

  test('--super administers the host from inside', async () => {
    await on.ok('install', 'labelled:1', 'admin', '--super', '--engine', engine);
    const name = await on.host.sh('hostname');
    expect(await on.inside(engine, 'admin', 'cat', '/host/etc/hostname')).toBe(name);
    const id = await on.host.sh(`${engine} ps --quiet --filter label=gear.name=admin`);
    const asked = `${engine} exec ${id} chroot /host systemctl is-active dbus`;
    expect(await on.host.sh(asked)).toBe('active');
    const format =
      '{{.HostConfig.Privileged}} {{.HostConfig.PidMode}} {{.HostConfig.IpcMode}} {{.HostConfig.NetworkMode}}';
    expect(await on.host.sh(`${engine} inspect --format '${format}' ${id}`)).toBe('true host host host');
    // What is mounted on the host later is seen inside, and its unmounting is not held up.
    await on.host.sh('mkdir -p /mnt/late && mount -t tmpfs late /mnt/late && touch /mnt/late/file');
    expect(await on.inside(engine, 'admin', 'ls', '/host/mnt/late')).toBe('file');
    await on.host.sh('umount /mnt/late && rmdir /mnt/late');
    await on.ok('rm', 'admin');
  });
});
