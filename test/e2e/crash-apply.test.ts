import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** The status of a process that SIGKILL ended, as a shell tells it. */
const killedStatus = 137;
/** More effects than the change has. */
const enough = 80;
/** Every so many effects; the engines begin at another one. Every call is swept on a host in memory. */
const step = 14;
const first = { docker: 3, podman: 7 } as const;
const port = { docker: 8103, podman: 8104 } as const;

/** What is the same in both versions of the app. */
const untouched = ['c1', 'c2', 'c3', 'c4', 'c5'];

describe.each(engines)('SIGKILL of gear during an apply of ten containers with %s', (engine) => {
  let on: GearHost;
  const app = `ten-${engine}`;
  const folder = `/root/${app}`;
  const file = (version: string): string => `${folder}/${version}/${app}.yaml`;
  const others = [...untouched.map((name) => `${app}.${name}`), `beside-${engine}`];

  /** Another image, another file, another value, a job anew, and one container renamed. */
  const descriptor = (version: string): string => `
name: ${app}
engine: ${engine}
containers:
${untouched.map((name) => `  ${name}: {image: sleep:1}\n`).join('')}
  web: {image: "web:${version}", ports: ["${String(port[engine])}:8080"], after: [migrate]}
  migrate: {image: sleep:1, entrypoint: [/bin/sh, -c], command: ["echo ${version}"], job: true}
  conf: {image: sleep:1, files: [{content: "${version}", target: /etc/conf}]}
  env: {image: sleep:1, env: {VERSION: "${version}"}}
  ${version === '1' ? 'old' : 'more'}: {image: sleep:1}
`;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage()]);
    for (const version of ['1', '2']) {
      const write = ['sh', '-c', `mkdir -p ${folder}/${version} && cat >${file(version)}`];
      await on.host.exec(write, { input: Buffer.from(descriptor(version)) });
    }
    await on.ok('install', 'sleep:1', `beside-${engine}`, '--engine', engine);
    await on.ok('apply', file('1'), '--yes');
  });
  afterAll(() => on.clear());

  test('loses none, leaves old or new, and the same command finishes', async () => {
    const running = await look();
    const declared: Record<string, string> = { '1': await declares() };
    let [from, to] = ['1', '2'];
    let ended = false;
    for (let effects = first[engine]; !ended; effects += step) {
      expect(effects, 'effects of one command').toBeLessThan(enough);
      const env = { GEAR_STOP_AFTER_EFFECT: String(effects) };
      const { code, stderr } = await on.gear(['apply', file(to), '--yes'], { env });
      ended = code === 0;
      const where = `after effect ${String(effects)}\n${stderr}`;
      if (!ended) expect(code, where).toBe(killedStatus);
      const [left, leftRunning] = [await declares(), await look()];
      for (const name of others) expect(leftRunning.get(name), `${name} ${where}`).toEqual(running.get(name));
      for (const [name, pids] of leftRunning) expect(pids, `${name} ${where}`).toHaveLength(1);

      await on.ok('apply', file(to), '--yes');
      declared[to] ??= await declares();
      expect(await declares(), where).toBe(declared[to]);
      expect([declared[from], declared[to]], where).toContain(left);
      await on.serves(port[engine], `web ${to}`);
      const end = await look();
      for (const name of others) expect(end.get(name), `${name} ${where}`).toEqual(running.get(name));
      expect([...end.keys()].filter((name) => name.startsWith(`${app}.`)).toSorted()).toEqual(lasting(to));
      for (const [name, pids] of end) expect(pids, `${name} ${where}`).toHaveLength(1);
      await on.ok('plan', file(to));
      expect(await strays(), where).toBe('');
      [from, to] = [to, from];
    }
  });

  function lasting(version: string): readonly string[] {
    const names = [...untouched, 'conf', 'env', version === '1' ? 'old' : 'more', 'web'];
    return names.map((name) => `${app}.${name}`).toSorted();
  }

  /** The processes of what runs, by name: from the engine, not from gear. A job runs to its end, and is left out. */
  async function look(): Promise<ReadonlyMap<string, readonly string[]>> {
    const format = '{{index .Config.Labels "gear.name"}} {{.State.Pid}}';
    const text = await on.host.sh(
      `${engine} ps --quiet --filter label=gear.name | xargs -r ${engine} inspect --format '${format}'`,
    );
    const running = new Map<string, readonly string[]>();
    for (const line of text.split('\n')) {
      const [name = '', pid = ''] = line.split(' ');
      if (name !== '' && name !== `${app}.migrate`) running.set(name, [...(running.get(name) ?? []), pid]);
    }
    return running;
  }

  /** The forms that are declared of the app. */
  async function declares(): Promise<string> {
    const manifest = JSON.parse(await on.host.sh('cat /etc/gear/current/manifest.json')) as {
      instances: { name: string; app: string; hash: string }[];
    };
    const own = manifest.instances.filter((each) => each.app === app);
    return own.map(({ name, hash }) => `${name} ${hash}`).join('\n');
  }

  function strays(): Promise<string> {
    return on.host.sh(`
      find /etc -path '/etc/gear/*' -name '*.tmp*'
      find /etc/systemd/system -name 'ctr-${app}*' -xtype l
      systemctl list-units --failed --plain --no-legend 'ctr-${app}*'`);
  }
});
