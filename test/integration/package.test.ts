import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installPackage, type InstalledPackage } from '../support/package.ts';

const exec = promisify(execFile);
const root = path.join(import.meta.dirname, '..', '..');
let installed: InstalledPackage;

/** As a user's shell would start it, without what this test's own process was given. */
async function gear(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const PATH = process.env['PATH'];
  return exec(installed.gear, args, { env: { PATH, HOME: installed.home, SHELL: '/bin/sh' }, cwd: '/' });
}

/** Files of a folder of the checkout, if it is there. */
async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

beforeAll(async () => {
  installed = await installPackage();
  await mkdir(installed.home);
});

afterAll(() => installed.remove());

describe('the package', () => {
  it('holds the command, the bundle, templates, the schema, documents and the man page, and nothing else', async () => {
    const top = ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json'];
    const present = (await readdir(root)).filter((file) => top.includes(file));
    const folders = await Promise.all(['templates', 'docs', 'schema', 'man'].map(filesIn));
    expect([...installed.files].sort()).toEqual(
      [...present, ...folders.flat(), 'bin/run.cjs', 'dist/gear.cjs'].sort(),
    );
    expect(installed.files).toContain('LICENSE');
  });

  it('needs no other package', async () => {
    const manifest = JSON.parse(
      await readFile(path.join(installed.folder, 'package.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty('dependencies');
    expect(await readdir(installed.folder)).not.toContain('node_modules');
  });

  it('answers --version with the version of package.json', async () => {
    const { version } = JSON.parse(await readFile(path.join(installed.folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    const { stdout } = await gear('--version');
    expect(stdout).toBe(`gear/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
  });

  it('answers --help, and help, with the list of commands', async () => {
    const { stdout, stderr } = await gear('--help');
    expect(stdout).toContain('USAGE\n  $ gear [COMMAND]');
    expect(stderr).toBe('');
    expect((await gear('help')).stdout).toBe(stdout);
  });

  it('ends with status 2 for a command that does not exist', async () => {
    await expect(gear('instal')).rejects.toMatchObject({ code: 2 });
  });
});

describe('the compiled form', () => {
  const dist = () => path.join(installed.folder, 'dist');
  const besideBundle = () => path.join(dist(), 'cache');
  const atHome = () => path.join(installed.home, '.cache', 'gear');
  const modeOf = async (name: string) => (await stat(name)).mode & 0o777;
  const onlyFileIn = async (folder: string) => {
    const names = await readdir(folder);
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{16}-v[\d.]+-\w+-any$/)]);
    return path.join(folder, String(names[0]));
  };

  beforeEach(async () => {
    await chmod(dist(), 0o755);
    await rm(besideBundle(), { recursive: true, force: true });
    await rm(atHome(), { recursive: true, force: true });
  });

  // Each sets a flag of V8 for itself.
  it.each([
    ['much', 1_000_000],
    ['little', 1],
  ])('of a command that reads %s is taken by its next run', async (amount, length) => {
    const folder = path.join(installed.home, amount);
    await mkdir(folder);
    const text = `containers: {web: {image: "example.com/web:1"}} # ${'-'.repeat(length)}\n`;
    for (const app of ['a', 'b']) await writeFile(path.join(folder, `${app}.yaml`), text);
    await gear('render', folder);
    const [name] = await readdir(besideBundle());
    const { mtimeMs } = await stat(path.join(besideBundle(), String(name)));
    await gear('render', folder);
    expect((await stat(path.join(besideBundle(), String(name)))).mtimeMs).toBe(mtimeMs);
  });

  it('is kept beside the bundle, for its owner alone, and written once', async () => {
    await gear('--help');
    const file = await onlyFileIn(besideBundle());
    expect([await modeOf(besideBundle()), await modeOf(file)]).toEqual([0o700, 0o600]);
    const { mtimeMs } = await stat(file);
    await gear('--help');
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  });

  it('is kept in the home folder where others can write beside the bundle', async () => {
    await chmod(dist(), 0o777);
    await gear('--help');
    const file = await onlyFileIn(atHome());
    expect([await modeOf(atHome()), await modeOf(file)]).toEqual([0o700, 0o600]);
  });

  it.runIf(process.getuid?.() === 0)(
    'is kept in the home folder where the bundle lies on a read-only file system, cache and all',
    async () => {
      await mkdir(besideBundle(), { mode: 0o700 });
      const script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" --help';
      const { stdout } = await exec(
        'unshare',
        ['--mount', 'sh', '-euc', script, 'sh', dist(), installed.gear],
        { env: { PATH: process.env['PATH'], HOME: installed.home }, cwd: '/' },
      );
      expect(stdout).toContain('USAGE');
      await onlyFileIn(atHome());
      expect(await readdir(besideBundle())).toEqual([]);
    },
  );

  it('is neither read nor written where others could have planted it', async () => {
    await chmod(dist(), 0o777);
    await gear('--help');
    const file = await onlyFileIn(atHome());
    await writeFile(file, 'planted');
    await chmod(atHome(), 0o777);
    expect((await gear('--help')).stdout).toContain('USAGE');
    expect(await readFile(file, 'utf8')).toBe('planted');
    await chmod(atHome(), 0o700);
    await chmod(file, 0o666);
    await gear('--help');
    expect([await modeOf(file), (await stat(file)).size > 10_000]).toEqual([0o600, true]);
  });

  it('is made again where it is damaged', async () => {
    await gear('--help');
    const file = await onlyFileIn(besideBundle());
    await writeFile(file, 'damaged');
    expect((await gear('--help')).stdout).toContain('USAGE');
    expect((await stat(file)).size).toBeGreaterThan(10_000);
  });

  it('is not kept by a command that fails', async () => {
    await expect(gear('instal')).rejects.toMatchObject({ code: 2 });
    expect(await readdir(besideBundle())).toEqual([]);
  });

  it('is done without where there is no home and no other place', async () => {
    await chmod(dist(), 0o777);
    const { stdout } = await exec(installed.gear, ['--help'], { env: { PATH: process.env['PATH'] } });
    expect(stdout).toContain('USAGE');
  });
});
