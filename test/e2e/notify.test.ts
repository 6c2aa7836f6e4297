import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const told = '/tmp/notified';
const secret = 'hook-5f3a';

describe.each([
  ['trixie', 'podman'],
  ['bookworm', 'docker'],
] as const)('on %s with %s, where nothing of gear runs', (name, engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost(name);
    await loadImages(on.host, engine, [sleepImage()]);
    await on.ok('notify', 'add', 'log', '--', 'sh', '-c', `echo "$GEAR_EVENT $GEAR_NAME" >>${told}`);
  });
  afterAll(async () => {
    await on.clear();
    const { stdout } = await on.gear(['notify', 'ls', '--json']);
    for (const target of JSON.parse(stdout) as { readonly name: string }[])
      await on.ok('notify', 'rm', target.name);
    await on.host.sh(`rm -rf ${told} /run/gear/notify; systemctl reset-failed 'gear-notify@*' || true`);
  });

  const lines = (): Promise<string> => on.host.sh(`sort ${told} 2>/dev/null || true`);
  const becomes = async (line: string): Promise<void> => {
    await on.host.waitFor(['grep', '-qx', line, told]);
  };

  test('a failure and a crash loop are told once, a stop is not', async () => {
    const web = ['install', 'sleep:1', `web-${engine}`, '--engine', engine, '--stop-timeout', '1s'];
    await on.ok(...web, '--restart-sec', '200ms');
    for (const restart of [1, 2, 3, 4]) {
      const pid = await on.payloadPid(engine, `web-${engine}`);
      await on.host.sh(`kill -9 ${pid}`);
      await on.restarted(engine, `web-${engine}`, pid);
      if (restart === 1) await becomes(`failed web-${engine}`);
    }
    await becomes(`crash-loop web-${engine}`);
    await on.ok('stop', `web-${engine}`);
    // A stop is judged by the same service: when that has ended, nothing more comes.
    await on.host.waitFor(['sh', '-c', "! systemctl --quiet is-active 'gear-notify@*'"]);
    expect((await lines()).split('\n')).toEqual([`crash-loop web-${engine}`, `failed web-${engine}`]);
  });

  test('what is not ready in time is told, and so is a job that fails', async () => {
    const check = ['--health-cmd', 'false', '--health-timeout', '1s', '--health-start-period', '1s'];
    await on.gear([
      'install',
      'sleep:1',
      'sick',
      '--engine',
      engine,
      '--stop-timeout',
      '1s',
      ...check,
      '--timeout',
      '3s',
    ]);
    await on.gear(['install', 'sleep:1', 'task', '--engine', engine, '--job', '--', 'false']);
    await becomes('failed task');
    const file = '/tmp/healthy';
    await on.host.sh(`touch ${file}`);
    const weak = ['--health-cmd', 'test -e /well/healthy', '--health-timeout', '1s'];
    await on.ok(
      ...['install', 'sleep:1', 'weak', '--engine', engine, '--stop-timeout', '1s', ...weak],
      ...['--volume', '/tmp:/well', '--health-interval', '1s', '--health-retries', '1'],
    );
    await on.host.sh(`rm ${file}`);
    // What its check says since it was ready, the list knows.
    await on.host.waitFor(['sh', '-c', '/opt/gear/bin/run.cjs ls | grep -q "weak .*unhealthy"']);
    // Half a minute is what a check has at least; here it has two seconds.
    const folder = '/run/systemd/system/ctr-weak-ready.service.d';
    await on.host.sh(`
      mkdir -p ${folder}; printf '[Service]\\nTimeoutStartSec=2s\\n' >${folder}/soon.conf
      systemctl daemon-reload; systemctl restart --no-block ctr-weak.service`);
    await becomes('not-ready weak');
    await on.host.sh(`rm -r ${folder}; systemctl daemon-reload`);
    expect(await lines()).not.toContain('failed sick');
  });

  test('the URL of a webhook is in no list, journal or file of others', async () => {
    const url = `http://127.0.0.1:9/${secret}`;
    const added = await on.gear(['notify', 'add', 'hook', '--webhook'], { input: `${url}\n` });
    expect(added.code).toBe(0);
    const tested = await on.gear(['notify', 'test', 'hook']);
    expect(tested).toMatchObject({ code: 1 });
    const list = await on.ok('notify', 'ls', '--json');
    const journal = await on.host.sh('journalctl --no-pager -b | grep -c hook-5f3a || true');
    expect([added, tested, list].map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain(secret);
    expect(journal).toBe('0');
    expect(await on.host.sh('stat -c %a /etc/gear/notify/hook/webhook')).toBe('600');
  });
});
