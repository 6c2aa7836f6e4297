import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { until } from '../lab/until.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { Watching } from './support/watching.ts';
import { patienceMs } from '../lab/patience.ts';

/** More than any of these commands needs, in blocks and in files. */
const enough = 24;
/** Files that the small disk has room for beside what is there. */
const spare = 2 * enough;
let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines) await loadImages(on.host, engine, [webImage('1'), webImage('2')]);
});
afterAll(() => on.clear());

/** Gives the host, for as long as `work` takes, a small file system in place of a folder, with what is in that. */
async function onSmallDisk(folder: string, options: string, work: () => Promise<void>): Promise<void> {
  const move = `find ${folder} -mindepth 1 -delete; cp -a /run/small-disk/. ${folder}; rm -rf /run/small-disk`;
  await on.host.sh(`
    mkdir /run/small-disk && cp -a ${folder}/. /run/small-disk
    mount -t tmpfs -o mode=755,${options} none ${folder}; ${move}`);
  try {
    await work();
  } finally {
    await on.host.sh(`
      rm -f ${folder}/ballast*; mkdir /run/small-disk && cp -a ${folder}/. /run/small-disk
      umount -l ${folder}; ${move}; systemctl daemon-reload`);
  }
}

/** The declared set, from outside of gear: generations, links, boot links, containers of gear, and what runs. */
function traces(engine: string): Promise<string> {
  return on.host.sh(`
    find /etc/gear/generations /etc/gear/current -not -type d -printf '%p %l %T@\\n' | sort
    find /etc/systemd/system -name 'ctr-*' -printf '%p %l %T@\\n' | sort
    ${engine} ps --all --no-trunc --filter label=gear.name --format '{{.ID}} {{.Names}}' | sort
    systemctl show --property=MainPID,InvocationID,NeedDaemonReload ctr-web.service`);
}

/** Types the command on a disk with room for nothing, then for one thing more, until it has enough; how often it had not. */
async function typeWithRoom(
  engine: string,
  { typed, leave }: { typed: readonly string[]; leave: (room: number) => Promise<unknown> },
): Promise<number> {
  const before = await traces(engine);
  for (let room = 0; room < enough; room += 1) {
    await leave(room);
    const { code, stderr } = await on.gear(typed);
    if (code === 0) return room;
    const where = `with room for ${String(room)}\n${stderr}`;
    expect(code, where).toBe(5);
    expect(stderr.match(/^error: /gm), where).toHaveLength(1);
    expect(stderr, where).toMatch(/^error: cannot .* no space left on device \(ENOSPC\)$/m);
    expect(stderr, where).toMatch(
      /→ free space, or inodes, on the file system of \/etc\/\S+ \(df -h and df -i/,
    );
    expect(await traces(engine), where).toBe(before);
  }
  throw new Error(`${typed.join(' ')} has not enough`);
}

describe.each(engines)('a disk that gets full while gear writes, with %s,', (engine) => {
  const install = (version: string): readonly string[] => [
    ...['install', `web:${version}`, 'web', `KEY=${version}`, '--publish', '8093:8080'],
    ...['--health-cmd', 'true', '--engine', engine],
  ];
  beforeAll(() => on.ok(...install('1')));
  afterAll(() => on.ok('rm', 'web'));

  test('in /etc/gear changes nothing of what is declared and runs, and with more room the same command works', async () => {
    await onSmallDisk('/etc/gear', 'size=4m', async () => {
      const tries = await typeWithRoom(engine, {
        typed: install('2'),
        leave: (pages) =>
          on.host.sh(`
            dd if=/dev/zero of=/etc/gear/ballast bs=4096 status=none 2>/dev/null || true
            truncate --size=-$((4096 * ${String(pages)})) /etc/gear/ballast`),
      });
      expect(tries, 'amounts of room that were not enough').toBeGreaterThan(2);
      await on.serves(8093, 'web 2');
      expect((await on.status('web')).problems).toEqual([]);
    });
    expect((await on.status('web')).problems).toEqual([]);
  });

  test('in /etc/systemd/system leaves no link behind, and with more room the same command works', async () => {
    await onSmallDisk(
      '/etc/systemd/system',
      `nr_inodes=$(($(find /etc/systemd/system | wc -l) + ${String(spare)}))`,
      async () => {
        const links = ['install', 'web:1', 'more', '--health-cmd', 'true', '--engine', engine];
        const tries = await typeWithRoom(engine, {
          typed: links,
          leave: (inodes) =>
            on.host.sh(`
            cd /etc/systemd/system
            touch $(seq -f ballast-%g 2 ${String(spare + 2)}) 2>/dev/null || true
            rm -f $(ls -d ballast-* | head -n ${String(inodes)})`),
        });
        expect(tries, 'numbers of files that were not enough').toBeGreaterThan(1);
        expect(await on.activeState('more')).toBe('active');
        await on.ok('rm', 'more');
      },
    );
    expect((await on.status('web')).problems).toEqual([]);
  });
});

test('a watch on a full disk tells so and lets run what runs; with room, it applies what was written', async () => {
  const watching = new Watching(on, '/root/full');
  const site = (version: string): string =>
    `name: full\ncontainers: {web: {image: "web:${version}", ports: ["8094:8080"]}}\n`;
  await onSmallDisk('/etc/gear', 'size=4m', async () => {
    await watching.start();
    await watching.write('full.yaml', site('1'));
    await on.serves(8094, 'web 1');
    await on.host.sh('dd if=/dev/zero of=/etc/gear/ballast bs=4096 status=none 2>/dev/null || true');
    await watching.write('full.yaml', site('2'));
    await until(
      'it tells that the disk is full',
      async () => {
        const failed = (await watching.told()).filter(({ type }) => type === 'failed');
        return JSON.stringify(failed).includes('no space left on device') ? true : undefined;
      },
      { timeoutMs: patienceMs, pauseMs: 200 },
    );
    expect(await on.fetch(8094)).toContain('web 1');
    await on.host.sh('rm /etc/gear/ballast');
    await on.serves(8094, 'web 2');
    await watching.stop();
  });
  await on.host.sh('rm -r /root/full');
});
