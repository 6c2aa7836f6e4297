import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { slowGates } from '../lab/slow-gates.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('an app with a secret and files of values, with %s', (engine) => {
  let on: GearHost;
  const app = `vault-${engine}`;
  const secret = `pg-${engine}`;
  const folder = `/root/${app}`;
  const file = `${folder}/${app}.yaml`;
  const full = (name: string): string => `${app}.${name}`;
  const said: string[] = [];

  async function write(path: string, text: string): Promise<void> {
    await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${path}`], { input: Buffer.from(text) });
  }

  async function setSecret(value: string): Promise<void> {
    const { code, stdout, stderr } = await on.gear(['secret', 'set', secret], { input: value });
    said.push(stdout, stderr);
    expect(code, stderr).toBe(0);
  }

  function describeApp(image = 'sleep:1', conf = 'conf-1'): Promise<void> {
    return write(
      file,
      `name: ${app}
engine: ${engine}
containers:
  keeper: {image: "${image}", secrets: [${secret}], stop_timeout: 1s}
  reader: {image: sleep:1, env_file: values.env, stop_timeout: 1s}
  server: {image: sleep:1, files: [{content: "${conf}", target: /etc/conf}], stop_timeout: 1s}
`,
    );
  }

  /** Runs gear, and keeps what it said. */
  async function typed(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly stdout: string }> {
    const { code, stdout, stderr } = await on.gear(args);
    said.push(stdout, stderr);
    return { code, stdout };
  }

  const pids = (): Promise<readonly string[]> =>
    Promise.all(['keeper', 'reader', 'server'].map((name) => on.payloadPid(engine, full(name))));

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage(), exitImage(3)]);
    await setSecret('Zx1-hunter');
    await write(`${folder}/values.env`, 'VALUE=one\n');
    await describeApp();
    expect((await typed('apply', file, '--yes')).code).toBe(0);
  });
  afterAll(async () => {
    await on.clear();
    await on.gear(['secret', 'rm', secret]);
  });

  test('a secret set anew is planned by name, and restarts just its container', async () => {
    const before = await pids();
    await setSecret('Zx2-hunter');
    const plan = await typed('plan', file, '--diff');
    expect(plan.code).toBe(10);
    expect(plan.stdout).toContain(full('keeper'));
    expect(plan.stdout).toContain(secret);
    expect(plan.stdout).not.toContain(full('reader'));
    expect((await typed('apply', file, '--yes')).code).toBe(0);
    const after = await pids();
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(await on.inside(engine, full('keeper'), 'cat', `/run/secrets/${secret}`)).toBe('Zx2-hunter');
  });

  test('an edited file of variables is planned by its key, and restarts just its container', async () => {
    const before = await pids();
    await write(`${folder}/values.env`, 'VALUE=two\n');
    const plan = await typed('plan', file, '--diff');
    expect(plan.code).toBe(10);
    expect(plan.stdout).toContain('env VALUE has another value');
    expect((await typed('apply', file, '--yes')).code).toBe(0);
    const after = await pids();
    expect(after[1]).not.toBe(before[1]);
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(await on.variable(engine, full('reader'), 'VALUE')).toBe('two');
  });

  test('a changed file of configuration is planned by its path, and never by what it holds', async () => {
    await describeApp('sleep:1', 'Zx3-hunter');
    const plan = await typed('plan', file, '--diff');
    expect(plan.code).toBe(10);
    expect(plan.stdout).toContain('/etc/conf');
    await describeApp();
  });

  test('the value is found nowhere, also when the app fails and goes back', async () => {
    const slow = await slowGates(on.host);
    await describeApp('exit:3');
    const failed = await typed('apply', file, '--yes');
    await slow.restore();
    expect(failed.code).toBe(6);
    expect(await on.inside(engine, full('keeper'), 'cat', `/run/secrets/${secret}`)).toBe('Zx2-hunter');
    expect(said.join('\n')).not.toMatch(/Zx\d-hunter/);
    // A class of one letter matches the value and not the command that looks for it; `searched` shows that it looks.
    const pattern = 'Zx[12]-[h]unter';
    const found = await on.host.sh(`
      commit=$(${engine} ps --quiet --filter label=gear.name=${full('keeper')})
      count() { grep --text --count --extended-regexp '${pattern}' || true; }
      printf 'Zx1-%s\\n' hunter | count
      journalctl --all --output=export | count
      cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | count
      { cat /etc/systemd/system/ctr-* /etc/gear/generations/*/manifest.json; } 2>/dev/null | count
      systemctl show 'ctr-${app}.*' | count
      ${engine} inspect $commit | count
      ${engine} image inspect sleep:1 | count
      ${engine} history --no-trunc sleep:1 | count
      ${engine} commit $commit leak-${engine}:1 >/dev/null 2>&1
      ${engine} save leak-${engine}:1 | count
      ${engine} image rm leak-${engine}:1 >/dev/null
      grep --recursive --no-messages --text --files-with-matches --extended-regexp '${pattern}' \\
        /etc/gear /etc/systemd /var/lib/gear /tmp /var/log 2>/dev/null | wc --lines`);
    expect(found.split('\n')).toEqual(['1', ...Array.from({ length: 9 }, () => '0')]);
  });
});
