import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, slowImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Units of the host that are not gear's: what containers relate to. */
const units = {
  'rel-late.service': 'sleep infinity',
  'rel-wanted.service': 'sleep infinity',
  'rel-broken.service': 'false',
  'rel-anchor.service': 'sleep infinity',
  'rel-rival.service': 'sleep infinity',
};

describe.each(engines)('relations of containers, as systemd keeps them, with %s', (engine) => {
  let on: GearHost;
  const app = `rel-${engine}`;
  const folder = `/root/${app}`;
  const unit = (name: string): string => `ctr-${app}.${name}.service`;
  const systemctl = (...words: readonly string[]) => on.host.exec(['systemctl', ...words]);

  async function apply(text: string): Promise<void> {
    const file = `${folder}/gear.yaml`;
    await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${file}`], { input: Buffer.from(text) });
    await on.ok('apply', file, '--yes');
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage(), slowImage(3)]);
    for (const [name, command] of Object.entries(units)) {
      const text = `[Service]\nExecStart=/usr/bin/env ${command}\n`;
      await on.host.exec(['sh', '-c', `cat >/etc/systemd/system/${name}`], { input: Buffer.from(text) });
    }
    const all = ['rel-late.service', unit('base'), unit('early')].map((name) => `Wants=${name}\n`).join('');
    const target = ['sh', '-c', 'cat >/etc/systemd/system/rel-all.target'];
    await on.host.exec(target, { input: Buffer.from(`[Unit]\n${all}`) });
    await apply(`
name: ${app}
engine: ${engine}
containers:
  base: {image: sleep:1}
  early: {image: sleep:1, before: [base, rel-late.service]}
  helper: {image: sleep:1}
  web:
    image: sleep:1
    wants: [helper, rel-wanted.service, rel-broken.service]
    part_of: [base]
    conflicts: [rel-rival.service]
  tied: {image: sleep:1, part_of: [rel-anchor.service]}
  twin: {image: sleep:1, schedule: "2099-01-01", conflicts: [web]}
`);
  });
  afterAll(async () => {
    await on.clear();
    const names = Object.keys(units).join(' ');
    await on.host.sh(`
      systemctl stop ${names} rel-all.target || true
      cd /etc/systemd/system && rm -f ${names} rel-all.target
      systemctl daemon-reload; systemctl reset-failed`);
  });

  const moment = async (name: string, property: string): Promise<number> =>
    Number(await on.property(name, `${property}TimestampMonotonic`));

  test('before: the other waits until it runs, a container and a unit', async () => {
    await systemctl('stop', unit('base'), unit('early'), 'rel-late.service', 'rel-all.target');
    // One transaction: systemd orders what is queued together.
    await systemctl('start', 'rel-all.target');
    for (const name of ['base', 'early']) await on.becomes(`${app}.${name}`, 'active');
    const ran = await moment(unit('early'), 'ActiveEnter');
    expect(ran).toBeGreaterThan(0);
    for (const later of [unit('base'), 'rel-late.service'])
      expect(await moment(later, 'InactiveExit'), later).toBeGreaterThanOrEqual(ran);
  });

  test('wants: its start starts the others, and it goes on without one that fails', async () => {
    await systemctl('stop', unit('web'), unit('helper'), 'rel-wanted.service');
    await systemctl('start', unit('web'));
    await on.becomes(`${app}.helper`, 'active');
    expect(await on.property('rel-wanted.service', 'ActiveState')).toBe('active');
    expect(await on.property('rel-broken.service', 'Result')).toBe('exit-code');
    expect(await on.activeState(`${app}.web`)).toBe('active');
    await systemctl('stop', unit('helper'));
    expect(await on.activeState(`${app}.web`)).toBe('active');
  });

  test('part_of: it restarts and stops with a container, and stops with a unit', async () => {
    const pid = await on.payloadPid(engine, `${app}.web`);
    await systemctl('restart', unit('base'));
    await on.restarted(engine, `${app}.web`, pid);
    await systemctl('stop', unit('base'));
    await on.becomes(`${app}.web`, 'inactive');
    await systemctl('start', unit('base'), unit('web'));
    await systemctl('start', 'rel-anchor.service');
    expect(await on.activeState(`${app}.tied`)).toBe('active');
    await systemctl('stop', 'rel-anchor.service');
    await on.becomes(`${app}.tied`, 'inactive');
    expect(await on.activeState(`${app}.web`)).toBe('active');
  });

  test('conflicts: whichever starts stops the other, a container and a unit', async () => {
    const runs = `${engine} ps --quiet --filter label=gear.name=${app}.twin | grep -q .`;
    for (const rival of ['rel-rival.service', unit('twin')]) {
      await systemctl('start', '--no-block', rival);
      await on.becomes(`${app}.web`, 'inactive');
      if (rival === unit('twin')) await on.host.waitFor(['sh', '-c', runs]);
      await systemctl('start', unit('web'));
      expect(await on.activeState(`${app}.web`), rival).toBe('active');
      // For systemd a run that was stopped before its end has failed; what matters is that it does not go on.
      const down = `systemctl show --property=ActiveState --value ${rival} | grep -qxE 'inactive|failed'`;
      await on.host.waitFor(['sh', '-c', down]);
    }
    await on.host.waitFor(['sh', '-c', `! ${runs}`]);
  });

  test('a condition that is not met: told, and left so by apply and over a reload; start tries again', async () => {
    const name = `cond-${engine}`;
    const place = `/root/${name}`;
    const condition = `ConditionPathExists=${place}`;
    const watched = `name: ${name}
engine: ${engine}
containers:
  web:
    image: sleep:1
    systemd: {Unit: {ConditionPathExists: [${place}, /etc/hostname]}}
    health: {cmd: ["true"], interval: 1s}
`;
    const file = `${folder}/${name}.yaml`;
    await on.host.exec(['sh', '-c', `cat >${file}`], { input: Buffer.from(watched) });
    const told = `${name}.web does not run: ${condition} is not met`;
    expect((await on.ok('apply', file, '--yes')).stdout).toContain(told);
    expect(await on.status(`${name}.web`)).toMatchObject({
      active: 'inactive',
      unmet: [condition],
      problems: [{ message: `it does not run: ${condition} is not met` }],
    });
    const before = await on.generation();
    expect((await on.ok('apply', file, '--yes')).stdout).toContain(`${name}.web unchanged`);
    await on.fails(0, 'plan', file);
    expect(await on.generation()).toBe(before);
    // systemd no longer knows which of the two it was, but that it was one of them.
    await systemctl('daemon-reload');
    expect((await on.ok('ls')).stdout).toMatch(new RegExp(`${name}\\.web .*condition not met`));
    expect((await on.ok('start', `${name}.web`)).stdout).toContain(`${name}.web not started`);
    expect(await on.activeState(`${name}.web`)).toBe('inactive');
    await on.host.sh(`touch ${place}`);
    expect((await on.ok('start', `${name}.web`)).stdout).toContain(`${name}.web started`);
    expect(await on.status(`${name}.web`)).toMatchObject({ active: 'active', ready: true, problems: [] });
    await on.ok('down', name);
  });

  test('after a kill in the middle of a restart the next apply waits until all is ready, and nobody stopped it', async () => {
    const rolling = (version: string) => `
name: ${app}
engine: ${engine}
containers:
  db: {image: "slow:3", env: {VERSION: "${version}"}}
  web: {image: sleep:1, after: [db], env: {VERSION: "${version}"}}
`;
    await apply(rolling('1'));
    const file = `${folder}/gear.yaml`;
    await on.host.exec(['sh', '-c', `cat >${file}`], { input: Buffer.from(rolling('2')) });
    // Killed as soon as systemd has begun to make the database ready again, for which the other waits.
    const since = await moment(unit('db'), 'ActiveEnter');
    await on.host.sh(`
      /opt/gear/bin/run.cjs apply ${file} --yes >/dev/null 2>&1 & gear=$!
      until test "$(systemctl show --property=ActiveEnterTimestampMonotonic --value ${unit('db')})" -gt ${String(since)}
      do kill -0 $gear || exit 1; done
      kill -KILL $gear; wait $gear || true`);
    const { stdout } = await on.ok('apply', file, '--yes');
    expect(stdout).not.toContain('somebody');
    expect(await on.activeState(`${app}.web`)).toBe('active');
    expect(await on.property(`ctr-${app}.db-ready.service`, 'ActiveState')).toBe('active');
    for (const name of ['web', 'db'])
      expect(await on.status(`${app}.${name}`), name).toMatchObject({ active: 'active', problems: [] });
    expect(await on.variable(engine, `${app}.web`, 'VERSION')).toBe('2');
  });
});
