import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');

/** Libraries that cost more to load than most commands take to run. */
const drivers = ['dockerode', 'dbus-next', 'handlebars', 'zod', 'js-yaml'];

/** esbuild puts every module of a library into a function of its own, under the module's path. */
const module = /^( *)"[^"\n]*node_modules\/((?:@[^"/]+\/)?[^"/]+)\/[^"\n]*"\(.*\) \{$/gm;

let copy: string;

beforeAll(async () => {
  const bundle = await readFile(path.join(root, 'dist', 'gear.cjs'), 'utf8');
  const traced = bundle.replace(
    module,
    (line, _, library: string) =>
      `${line} (globalThis.librariesRun ??= new Set()).add(${JSON.stringify(library)});`,
  );
  copy = await mkdtemp(path.join(tmpdir(), 'gear-drivers-'));
  await mkdir(path.join(copy, 'dist'));
  const tell = `process.on('exit', () => process.stderr.write('RUN ' + [...globalThis.librariesRun ?? []].join(' ')));`;
  await writeFile(path.join(copy, 'dist', 'gear.cjs'), `${tell}\n${traced}`);
});

afterAll(() => rm(copy, { recursive: true }));

/** The libraries of the bundle that a command ran any code of, whatever became of the command. */
function librariesOf(...args: string[]): readonly string[] {
  const { stderr } = spawnSync(process.execPath, [path.join(copy, 'dist', 'gear.cjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${copy}/no-bus` },
  });
  const [, names = ''] = /RUN (.*)$/.exec(stderr) ?? [];
  return names.split(' ');
}

describe('what a command does not use is not loaded', () => {
  it('sees what is loaded', () => {
    expect(librariesOf('--help')).toContain('@oclif/core');
    expect(librariesOf('ls')).toContain('dbus-next');
  });

  it.each(['--help', 'install --help', 'install', 'install web:1 Not-A-Name'])(
    'no driver: gear %s',
    (line) => {
      expect(librariesOf(...line.split(' ')).filter((library) => drivers.includes(library))).toEqual([]);
    },
  );

  it.each(['ls', 'logs web', 'history'])('neither an engine nor templates: gear %s', (line) => {
    const unwanted = drivers.filter((library) => library !== 'dbus-next');
    expect(librariesOf(...line.split(' ')).filter((library) => unwanted.includes(library))).toEqual([]);
  });
});
