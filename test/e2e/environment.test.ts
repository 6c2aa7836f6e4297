import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Each value holds the marker, by which it is looked for where it must not be. */
const marker = 'Zx9-marker';
const values: Readonly<Record<string, string>> = {
  QUOTES: `"double" 'single' \`tick\` ${marker}`,
  DOLLARS: `$HOME \${HOME} $$ $(id) ${marker}`,
  PERCENTS: `%i %% %n %h ${marker}`,
  BACKSLASHES: `\\ \\n \\\\ \\x41 ${marker}\\`,
  SEVERAL_LINES: `one\ntwo=2\n\n#three ${marker}\n`,
  BLANKS: `  ${marker}\t  `,
  UNICODE: `äöü ✓ 漢字 ${marker}`,
  EMPTY: '',
  LARGE: `${marker}${'0123456789'.repeat(10_240)}`,
  // Names that the engine's own command would read.
  PATH: `/bin:/${marker}`,
  DOCKER_HOST: `tcp://${marker}:1`,
  HTTPS_PROXY: `http://user:${marker}@proxy`,
  LD_LIBRARY_PATH: `/${marker}`,
};
const read = new Set(['PATH', 'DOCKER_HOST', 'HTTPS_PROXY', 'LD_LIBRARY_PATH']);
/** Matches the marker, and not the command that looks for it. */
const pattern = marker.replace('m', '[m]');

describe.each(engines)('the environment with %s', (engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage()]);
    // Through gear's own environment, and a file: as arguments they would be in the process list by the test's doing.
    const entries = Object.entries(values);
    const lines = entries.filter(([key]) => read.has(key)).map(([key, value]) => `${key}=${value}\n`);
    await writeFile(join(on.host.root, 'srv/rest.env'), lines.join(''));
    const given = Object.fromEntries(entries.filter(([key]) => !read.has(key)));
    const flags = [...Object.keys(given).flatMap((key) => ['--env', key]), '--env-file', '/srv/rest.env'];
    const result = await on.gear(['install', 'sleep:1', 'env', '--engine', engine, ...flags], { env: given });
    expect(result, result.stderr).toMatchObject({ code: 0 });
  });
  afterAll(() => on.clear());

  test.each(Object.keys(values))('%s arrives byte for byte', async (key) => {
    expect(await on.variable(engine, 'env', key)).toBe(values[key]);
  });

  test('values are in no unit, manifest, argument or journal, and its files are for root alone', async () => {
    await on.ok('restart', 'env');
    const places = '/etc/systemd/system /etc/gear/generations /run/gear /run/systemd';
    const counts = await on.host.sh(`
      grep --recursive --no-messages --files-with-matches '${pattern}' ${places} || true
      cat /proc/[0-9]*/cmdline 2>/dev/null | grep --text --count '${pattern}' || true
      systemctl show ctr-env.service | grep --count '${pattern}' || true
      journalctl --all --output=export | grep --text --count '${pattern}' || true`);
    expect(counts).toBe('0\n0\n0');
    expect(await on.host.sh('find /etc/gear/files /etc/gear/key -type f ! -perm 0600')).toBe('');
    for (const command of ['status', 'ls', 'history']) {
      expect((await on.gear([command, '--json'])).stdout).not.toContain(marker);
    }
  });
});
