import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../lab/command.ts';
import type { ImageSpec } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { until } from '../lab/until.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { patienceMs } from '../lab/patience.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples');

/** Serves on the ports of what it stands in for, ends at once as a migration does, and passes each of their checks. */
const standIn = (tag: string): ImageSpec => ({
  tag,
  entrypoint: ['/bin/stand-in'],
  command: [],
  files: {
    '/bin/stand-in': `#!/bin/sh
test "$1" != migrate || exit 0
test "$1" != sh || exec "$@"
trap 'exit 0' TERM INT
trap ':' HUP
httpd -p 8080 -h /www
while :; do sleep 2147483647 & wait; done
`,
    '/bin/pg_isready': '#!/bin/sh\nexit 0\n',
    '/bin/pg_dump': '#!/bin/sh\necho dump\n',
    '/www/index.html': 'stand-in\n',
    '/www/health': 'well\n',
  },
});
const images = ['shop-web:3', 'postgres:17', 'nginx:1.27', 'api:dev', 'registry.example.com/api:7'];

describe.each(engines)('the examples, by the commands of their READMEs, with %s', (engine) => {
  let on: GearHost;
  const folder = `/opt/examples-${engine}`;
  /** These take the engine, which an example leaves to the host. */
  const chosen = new Set(['apply', 'plan']);

  beforeAll(async () => {
    on = await gearHost('trixie');
    const staged = path.join(on.host.root, folder);
    await run(['mkdir', '-p', staged]);
    await run(['cp', '-r', `${examples}/.`, staged]);
    await on.host.sh(`echo swordfish >${folder}/shop/password.txt`);
    await loadImages(on.host, engine, images.map(standIn));
  });
  afterAll(async () => {
    await on.clear();
    await on.gear(['secret', 'rm', 'shop-db']);
    await on.host.sh(`rm -rf ${folder}`);
  });

  async function commandsOf(example: string): Promise<readonly string[]> {
    const text = await readFile(path.join(examples, example, 'README.md'), 'utf8');
    return text.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
  }

  /** Types the commands of a README in its folder, as root; a plan that has something to do ends with 10. */
  async function typeAll(example: string): Promise<void> {
    for (const command of await commandsOf(example)) {
      const verb = /\bgear (\w+)/.exec(command)?.[1] ?? '';
      const words = command.replace(/\bgear /, '/opt/gear/bin/run.cjs ');
      const more = chosen.has(verb) ? ` --engine ${engine}${verb === 'apply' ? ' --yes' : ''}` : '';
      const line = `cd ${folder}/${example} && ${words}${more}`;
      const { code, stdout, stderr } = await on.host.exec(['sh', '-c', line], { check: false });
      expect(verb === 'plan' ? [0, 10] : [0], `${line}\n${stdout}${stderr}`).toContain(code);
    }
  }

  // The hosts of the lab have no memory controller, without which Podman's crun refuses a limit.
  const limited = (title: string, run: () => Promise<void>): void => {
    if (engine === 'docker') test(title, run);
  };

  limited('shop: the migration succeeds, and the server answers', async () => {
    await typeAll('shop');
    await on.serves(8080, 'stand-in');
    expect(await on.inside(engine, 'shop.web', 'cat', '/run/secrets/shop-db')).toBe('swordfish');
    expect((await on.list()).find(({ name }) => name === 'shop.migrate')?.job?.result).toBe('succeeded');
    await on.ok('rm', 'shop', '--volumes');
  });

  test('backup: its next run is known', async () => {
    await typeAll('backup');
    // Where the tests pass by 03:00, it runs, and has no next run until it ends.
    const probe = async (): Promise<true | undefined> => {
      const row = (await on.list()).find(({ name }) => name === 'backup');
      return (row?.schedule?.nextMs ?? 0) > Date.now() || undefined;
    };
    await until('its next run is known', probe, { timeoutMs: patienceMs });
    await on.ok(
      'rm',
      ...(await on.list()).filter(({ app }) => app === 'backup').map(({ name }) => name),
      '--volumes',
    );
  });

  test('reload: the process that is told of its file stays the same one', async () => {
    const [first = ''] = await commandsOf('reload');
    const apply = first.replace('gear', '/opt/gear/bin/run.cjs');
    await on.host.sh(`cd ${folder}/reload && ${apply} --yes --engine ${engine}`);
    const [row] = await on.list();
    const pid = await on.payloadPid(engine, row?.name ?? '');
    await typeAll('reload');
    expect(await on.payloadPid(engine, row?.name ?? '')).toBe(pid);
    await on.ok('plan', `${folder}/reload/gear.yaml`);
    await on.ok('rm', row?.name ?? '');
  });

  limited('overlay: the same app as a developer runs it, and then as production does', async () => {
    await typeAll('overlay');
    expect(await on.variable(engine, 'api', 'MODE')).toBe('production');
    expect(await on.variable(engine, 'api', 'LOG_LEVEL')).toBe('');
  });
});
