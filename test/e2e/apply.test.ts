import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { slowGates } from '../lab/slow-gates.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const port = { docker: 8101, podman: 8102 } as const;

describe.each(engines)('an app from a descriptor with %s', (engine) => {
  let on: GearHost;
  const folder = `/root/${engine}`;
  const app = engine === 'docker' ? 'shop' : 'store';

  interface Parts {
    readonly web?: string;
    readonly env?: string;
    readonly greeting?: string;
    readonly db?: boolean;
  }

  /** Writes the descriptor of the app, with what the test changes of it. */
  async function describeApp({
    web = 'web:1',
    env = '1',
    greeting = 'hello',
    db = true,
  }: Parts = {}): Promise<void> {
    const text = `
name: ${app}
engine: ${engine}
containers:
  web:
    image: ${web}
    ports: ["${String(port[engine])}:8080"]
    env: {VERSION: "${env}"}
    after: [migrate]
  proxy:
    image: sleep:1
    files: [{content: "${greeting}\\n", target: /etc/greeting}]
    reload: {exec: [cp, /etc/greeting, /tmp/greeting]}
  migrate:
    image: sleep:1
    entrypoint: [/bin/sh, -c]
    command: ["echo migrated >> /data/log"]
    job: true
    volumes: ["data:/data"]
  backup:
    image: sleep:1
    entrypoint: [/bin/true]
    schedule: "*-02-29 03:00"
${db ? '  db: {image: sleep:1, volumes: ["data:/data"]}' : ''}
`;
    await write(`${folder}/${app}.yaml`, text);
  }

  async function write(path: string, text: string): Promise<void> {
    await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${path}`], { input: Buffer.from(text) });
  }

  /** What a plan could touch: all that gear writes, with times to the nanosecond; what systemd has; what the engines have. */
  function everything(): Promise<string> {
    const folders = '/etc/gear /etc/systemd/system /var/lib/gear /run/gear';
    return on.host.sh(`
      find ${folders} -printf '%p %l %m %s %T@ %C@\\n' | sort
      systemctl list-units --all --plain --no-legend 'ctr-*' 'gear*'
      systemctl list-jobs --no-legend
      for engine in docker podman; do
        $engine ps --all --no-trunc --format '{{.ID}} {{.Names}} {{.Image}}'
        $engine network ls --no-trunc; $engine volume ls
        $engine images --all --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}'
      done`);
  }

  const file = `${folder}/${app}.yaml`;
  const full = (name: string): string => `${app}.${name}`;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage(), exitImage(3)]);
    await on.ok('install', 'sleep:1', `other-${engine}`, '--engine', engine);
  });
  afterAll(() => on.clear());

  test('is planned without a trace, and applied as planned', async () => {
    await describeApp();
    const before = await everything();
    for (const part of ['/etc/gear/generations', '/etc/gear/key', 'other-', 'gear.local/', 'bridge'])
      expect(before).toContain(part);
    const plan = await on.gear(['plan', file, '--out', `${folder}/first.plan`]);
    expect(plan.code, plan.stderr).toBe(10);
    expect(plan.stdout).toContain(`+ ${full('web')} is new`);
    expect((await on.gear(['plan', file, '--diff'])).code).toBe(10);
    const lines = before.split('\n');
    const after = (await everything()).split('\n');
    expect(after.filter((line) => !lines.includes(line))).toEqual([]);
    expect(lines.filter((line) => !after.includes(line))).toEqual([]);
    expect(await on.host.sh(`stat -c %a ${folder}/first.plan`)).toBe('600');
    await on.ok('apply', `${folder}/first.plan`, '--yes');
    await on.serves(port[engine], 'web 1');
    expect(await on.inside(engine, full('db'), 'cat', '/data/log')).toBe('migrated');
  });

  test('its containers reach each other by name', async () => {
    const page = await on.inside(engine, full('db'), 'wget', '-qO-', 'http://web:8080/');
    expect(page).toContain('web 1');
  });

  test('the same again writes nothing and reloads nothing', async () => {
    const find = 'find /etc/gear /etc/systemd/system -printf "%p %T@\\n" | sort';
    const before = await on.host.sh(find);
    await on.ok('plan', file);
    const { stdout } = await on.ok('apply', file, '--yes');
    expect(stdout).not.toMatch(/installed|updated|mended/);
    expect(await on.host.sh(find)).toBe(before);
  });

  test('a plan of a host that moved on is refused', async () => {
    const stderr = await on.fails(1, 'apply', `${folder}/first.plan`, '--yes');
    expect(stderr).toContain('generation');
  });

  test('without a terminal it asks for --yes', async () => {
    await describeApp({ env: '2' });
    expect(await on.fails(2, 'apply', file)).toContain('--yes');
    await on.ok('apply', file, '--yes', '--only', 'web');
    expect(await on.variable(engine, full('web'), 'VERSION')).toBe('2');
  });

  test('a changed value restarts its container and no other', async () => {
    const pids = await Promise.all(['web', 'proxy', 'db'].map((name) => on.payloadPid(engine, full(name))));
    await describeApp({ env: '3' });
    await on.ok('apply', file, '--yes');
    const now = await Promise.all(['web', 'proxy', 'db'].map((name) => on.payloadPid(engine, full(name))));
    expect(now[0]).not.toBe(pids[0]);
    expect(now.slice(1)).toEqual(pids.slice(1));
    expect(await on.inside(engine, full('db'), 'cat', '/data/log')).toBe('migrated');
  });

  test('a changed file of a container that rereads it does not restart it', async () => {
    const pid = await on.payloadPid(engine, full('proxy'));
    await describeApp({ env: '3', greeting: 'good morning' });
    const { stdout } = await on.ok('apply', file, '--yes');
    expect(stdout).toContain('reloaded');
    expect(await on.inside(engine, full('proxy'), 'cat', '/tmp/greeting')).toBe('good morning');
    expect(await on.payloadPid(engine, full('proxy'))).toBe(pid);
  });

  test('a schedule is shown with its next run', async () => {
    const row = (await on.list()).find(({ name }) => name === full('backup'));
    expect(row?.schedule?.nextMs).toBeGreaterThan(Date.now());
    expect(row?.app).toBe(app);
    const job = (await on.list()).find(({ name }) => name === full('migrate'));
    expect(job?.job?.result).toBe('succeeded');
  });

  test('an update that fails takes the whole app back, and no other app notices', async () => {
    const others = await on.payloadPid(engine, `other-${engine}`);
    const db = await on.payloadPid(engine, full('db'));
    await describeApp({ web: 'exit:3', env: '3', greeting: 'good night' });
    const slow = await slowGates(on.host);
    const stderr = await on.fails(6, 'apply', file, '--yes');
    await slow.restore();
    expect(stderr.trimEnd()).toMatch(/ended at once with status 3\n\s*exiting with 3$/);
    await on.serves(port[engine], 'web 1');
    expect(await on.payloadPid(engine, `other-${engine}`)).toBe(others);
    expect(await on.payloadPid(engine, full('db'))).toBe(db);
    expect(await on.inside(engine, full('proxy'), 'cat', '/tmp/greeting')).toBe('good morning');
  });

  test('what left the descriptor goes, and rm of the app leaves its volumes', async () => {
    await describeApp({ env: '3', greeting: 'good morning', db: false });
    expect((await on.gear(['plan', file])).stdout).toContain(`- ${full('db')} goes`);
    await on.ok('apply', file, '--yes');
    expect((await on.list()).map(({ name }) => name)).not.toContain(full('db'));
    const { stdout } = await on.ok('rm', app);
    expect(stdout).toContain(`${full('web')} removed`);
    const networks = await on.host.sh(`${engine} network ls --format '{{.Name}}'`);
    expect(networks.split('\n')).not.toContain(`${app}_default`);
    const volumes = await on.host.sh(`${engine} volume ls --quiet`);
    expect(volumes.split('\n')).toContain(`${app}_data`);
    expect(await on.host.sh('ls /etc/systemd/system/timers.target.wants | grep ctr- || true')).toBe('');
  });
});
