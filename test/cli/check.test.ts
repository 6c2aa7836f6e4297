import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = path.join(import.meta.dirname, '..', '..', 'bin', 'run.cjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gear-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `gear WORD…` in the folder of this test's files. */
function gear(words: readonly string[]): Promise<Ended> {
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

async function given(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(path.join(folder, name), content);
  return name;
}

const good = 'containers: {web: {image: "web:1"}}\n';
const bad = 'containers:\n  web:\n    image: web:1\n    ports: ["80:80", "80:81"]\n    imige: web:2\n';

test('what is right is counted', async () => {
  const ended = await gear(['check', await given('shop.yaml', good)]);
  expect(ended).toMatchObject({ code: 0, stdout: 'ok: 1 app, 1 container\n', stderr: '' });
});

test('services of Compose that wait for each other are told where they say so', async () => {
  const text = 'services:\n  a: {image: "a:1", depends_on: [b]}\n  b:\n    image: b:1\n    depends_on: [a]\n';
  const { code, stderr } = await gear(['check', await given('circle.yaml', text)]);
  expect(code).toBe(4);
  expect(stderr).toMatch(/circle\.yaml:[25]:/);
  expect(stderr).toContain('a → b → a');
});

test('mistakes of a Compose project are told in the file and line where they are written, however they got there', async () => {
  const files = {
    'base.yaml': `x-base: &base
  mem_limit: [lots]
include: [db/db.yaml]
services:
  web:
    <<: *base
    image: web:1
    env_file: web.env
    extends: { file: extended.yaml, service: base }
`,
    'db/db.yaml': 'services:\n  db:\n    image: [db]\n    env_file: db.env\n',
    'db/db.env': 'A=1\nnot a line\n',
    'extended.yaml': 'services:\n  base:\n    privileged: perhaps\n',
    'over.yaml': 'services:\n  web:\n    ports: { "80": 80 }\n    depends_on: [nobody]\n',
    'web.env': 'B=s3cret$word\nC="open\n',
  };
  await mkdir(path.join(folder, 'db'));
  for (const [name, text] of Object.entries(files)) await given(name, text);
  const { code, stderr } = await gear(['check', '-f', 'base.yaml', '-f', 'over.yaml']);
  expect(code).toBe(4);
  const places = [...stderr.matchAll(/^ {2}at (?:.*\/)?([a-z]+\.[a-z]+:\d+:\d+)$/gm)].map(
    ([, place]) => place,
  );
  expect(places.toSorted()).toEqual([
    ...['base.yaml:2:14', 'db.env:2:1', 'db.yaml:3:12', 'extended.yaml:3:17'],
    ...['over.yaml:3:12', 'over.yaml:4:18', 'web.env:1:3', 'web.env:2:3'],
  ]);
  expect(stderr).not.toContain('s3cret');
});

test('a variable that Compose needs hides no other mistake', async () => {
  const text =
    'services:\n  web:\n    image: web:${TAG:?say which}\n    prots: ["80:80"]\n    mem_limit: ${MEM?}\n';
  const { code, stderr } = await gear(['check', await given('needs.yaml', text)]);
  expect(code).toBe(4);
  expect([...stderr.matchAll(/needs\.yaml:(\d+:\d+)/g)].map(([, place]) => place)).toEqual([
    ...['3:16', '4:5', '5:16'],
  ]);
  expect(stderr).toContain('did you mean ports?');
});

test('SARIF has each mistake with its rule, its file and its region, and nothing else is on stdout', async () => {
  const file = await given('bad.yaml', bad);
  const { code, stdout } = await gear(['check', file, '--format', 'sarif']);
  expect(code).toBe(4);
  const log = JSON.parse(stdout) as {
    version: string;
    runs: {
      tool: { driver: { name: string; rules: { id: string }[] } };
      results: {
        ruleId: string;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: {
            artifactLocation: { uri: string };
            region: { startLine: number; startColumn: number };
          };
        }[];
      }[];
    }[];
  };
  expect(log.version).toBe('2.1.0');
  const [first] = log.runs;
  expect(first?.tool.driver.name).toBe('gear');
  const rules = first?.tool.driver.rules.map(({ id }) => id) ?? [];
  const found = first?.results.map(({ ruleId, level, message, locations: [location] }) => {
    expect(rules).toContain(ruleId);
    expect(level).toBe('error');
    expect(message.text).not.toBe('');
    const { artifactLocation, region } = location?.physicalLocation ?? {};
    return [artifactLocation?.uri, region?.startLine, region?.startColumn];
  });
  expect(found).toContainEqual(['bad.yaml', 5, 5]);
});

test('SARIF of what is right has no results, and status 0', async () => {
  const ended = await gear(['check', await given('right.yaml', good), '--format', 'sarif']);
  expect(ended.code).toBe(0);
  expect((JSON.parse(ended.stdout) as { runs: { results: unknown[] }[] }).runs[0]?.results).toEqual([]);
});

describe('what cannot be read is told, and gear does not wait for it', () => {
  test('a pipe', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe.yaml')]);
    const ended = await gear(['check', 'pipe.yaml']);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('"pipe.yaml" is no ordinary file');
  });

  test('a loop of symbolic links', async () => {
    await symlink('loop.yaml', path.join(folder, 'again.yaml'));
    await symlink('again.yaml', path.join(folder, 'loop.yaml'));
    const ended = await gear(['check', 'loop.yaml']);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('"loop.yaml" is a loop of symbolic links');
  });

  test.each([
    ['more than may be', Buffer.alloc(11 * 1024 * 1024, 0x23), 'MiB'],
    ['no text', Uint8Array.of(0xff, 0xfe, 0x00, 0x61), 'UTF-8'],
  ])('%s', async (_, content, words) => {
    const ended = await gear(['check', await given('content.yaml', content)]);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain(words);
  });

  test('and holds back no other file of the folder', async () => {
    await given('shop.yaml', good);
    const { stdout } = await gear(['check', 'shop.yaml', 'absent.yaml', '--json']);
    const errors = (JSON.parse(stdout) as { errors: { message: string }[] }).errors;
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('absent.yaml')]);
  });
});

describe('a file in another format', () => {
  const compose = 'services:\n  web:\n    image: web:1\n    tty: true\n';

  test('is checked, and what is only approximated of it is told with its line', async () => {
    const file = await given('compose.yaml', compose);
    const ended = await gear(['check', file]);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/^compose\.yaml:4: services\.web\.tty: approximated: .+$/m);
    const { stdout } = await gear(['check', file, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      losses: expect.arrayContaining([
        expect.objectContaining({ key: 'services.web.tty', verdict: 'approximated' }),
      ]) as unknown,
    });
  });

  test('is refused for it with --strict', async () => {
    const ended = await gear(['check', await given('compose.yaml', compose), '--strict']);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('services.web.tty would only be approximated');
    expect(ended.stderr).toContain('compose.yaml:4:');
  });

  test('is not rendered with --strict', async () => {
    const ended = await gear(['render', await given('compose.yaml', compose), '--strict']);
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).toContain('services.web.tty would only be approximated');
  });
});
