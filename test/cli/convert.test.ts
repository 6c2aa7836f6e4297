import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = path.join(import.meta.dirname, '..', '..', 'bin', 'run.cjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gear-convert-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `gear convert WORD…` in the folder of this test's files. */
function convert(...words: readonly string[]): Promise<Ended> {
  return gear('convert', ...words);
}

/** `gear WORD…` there. */
function gear(...words: readonly string[]): Promise<Ended> {
  const options = { cwd: folder, env: { PATH: process.env['PATH'] } };
  return new Promise((resolve) => {
    execFile(process.execPath, [run, ...words], options, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : Number(error !== null),
        stdout,
        stderr,
      });
    });
  });
}

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: "web:1"}]}\n';
const files = {
  'a.yaml': ['compose', 'services: {web: {image: "web:1", restart: always}}\n'],
  'b.yml': ['kubernetes', pod],
  'c.json': ['geard', '{"Containers": [{"Name": "web", "Image": "web:1", "Count": 1}]}'],
  'd.conf': ['quadlet', '[Container]\nImage=web:1\n\n[Service]\nRestart=always\n'],
} as const;

describe('the format of a file', () => {
  test.each(Object.entries(files))('of %s is known by what it holds', async (name, [, text]) => {
    await writeFile(path.join(folder, name), text);
    const { code, stdout } = await convert(name);
    expect(code).toBe(0);
    expect(stdout).toContain('image: web:1');
  });

  test.each(Object.entries(files))('of %s is what --from or --format says', async (name, [format, text]) => {
    await writeFile(path.join(folder, name), text);
    const other = format === 'compose' ? 'kubernetes' : 'compose';
    for (const flag of ['--from', '--format']) {
      expect(await convert(name, flag, format)).toMatchObject({ code: 0 });
      const { code, stderr } = await convert(name, flag, other);
      expect(code).toBe(4);
      expect(stderr).toContain(name);
    }
  });

  test.each(['apply', 'plan', 'render', 'convert'])(
    'is said by --format of gear %s as well',
    async (command) => {
      const { code, stderr } = await gear(command, 'a.yaml', '--format', 'unknown');
      expect(code).toBe(2);
      expect(stderr).toContain('native, compose, quadlet, kubernetes, geard');
    },
  );

  test.each(['check', 'graph'])('is not what --format of gear %s is, which says what is', async (command) => {
    const { code, stderr } = await gear(command, 'a.yaml', '--format', 'compose');
    expect(code).toBe(2);
    expect(stderr).toContain('→ --from compose says the format of the files');
  });
});

test('a file of more than 5 MB is refused by its size, before it is read', async () => {
  await writeFile(path.join(folder, 'large.yaml'), `services: {}\n${'# a comment\n'.repeat(500_000)}`);
  const { code, stdout, stderr } = await convert('large.yaml');
  expect(code).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/large\.yaml.* has 5\.7 MiB, and may have at most 1 MiB/);
});

describe('variables of a Compose file', () => {
  const text = 'services: {web: {image: "$IMAGE", restart: always, environment: [URL, "KEY=$$x"]}}\n';
  const env = 'NAME=web\nIMAGE=${NAME}:1\nURL="http://$NAME/\\$x"\n';

  test('are those of .env, in which variables are filled in, and are written with braces or without', async () => {
    await writeFile(path.join(folder, 'compose.yaml'), text);
    await writeFile(path.join(folder, '.env'), env);
    const { code, stdout } = await convert('compose.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('image: web:1');
    expect(stdout).toContain('KEY: $$x');
    const { stdout: rendered } = await convert('compose.yaml', '--json');
    expect(rendered).not.toContain('${NAME}');
  });

  test('are mistakes in .env where they are not set, and only there', async () => {
    await writeFile(path.join(folder, 'compose.yaml'), text);
    await writeFile(path.join(folder, '.env'), 'IMAGE=web:1\nPASSWORD=s3cret$word\n');
    const { code, stderr } = await convert('compose.yaml');
    expect(code).toBe(4);
    expect(stderr).toContain('the variable word, which the value of PASSWORD asks for, is not set');
    expect(stderr).toMatch(/\.env:2:10/);
    expect(stderr).not.toContain('s3cret');
    await writeFile(path.join(folder, '.env'), "PASSWORD='s3cret$word'\n");
    const { code: blank, stderr: told } = await convert('compose.yaml', '--strict');
    expect(blank).toBe(4);
    expect(told).toContain('the variable IMAGE is not set, so it is empty');
    await rm(path.join(folder, '.env'));
  });
});
