import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gitCheckout } from '../../../src/adapters/git/checkout.ts';
import { type GitSource, parseGitSource } from '../../../src/core/model/git-source.ts';
import { FailureError } from '../../../src/errors/failure.ts';

let temp: string;
let repository: string;
const { signal } = new AbortController();

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', ['-C', repository, ...identity, ...args], { encoding: 'utf8' }).trim();
}

async function commit(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(repository, name)), { recursive: true });
    await writeFile(path.join(repository, name), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a change');
  return git('rev-parse', 'HEAD');
}

function source(more: Partial<GitSource> = {}): GitSource {
  return { url: `file://${repository}`, ref: 'HEAD', folder: '', ...more };
}

beforeEach(async () => {
  temp = await mkdtemp(path.join(tmpdir(), 'gear-git-'));
  repository = path.join(temp, 'repository');
  await mkdir(repository);
  git('init', '--quiet');
});
afterEach(() => rm(temp, { recursive: true }));

test('a new commit is swapped in whole, and what it deletes is gone', async () => {
  const checkout = gitCheckout(path.join(temp, 'state'), source());
  expect(await checkout.commit()).toBeNull();
  const first = await commit({ 'a.yaml': 'one', 'b.yaml': 'one' });
  expect(await checkout.update(signal)).toBe(first);
  expect(await checkout.update(signal)).toBeNull();
  const before = await readlink(checkout.folder);
  git('rm', '--quiet', 'b.yaml');
  const second = await commit({ 'a.yaml': 'two' });
  expect(await checkout.update(signal)).toBe(second);
  expect(await readFile(path.join(checkout.folder, 'a.yaml'), 'utf8')).toBe('two');
  await expect(readFile(path.join(checkout.folder, 'b.yaml'))).rejects.toThrow('ENOENT');
  // Who was still reading the one before reads on.
  expect(await readFile(path.join(checkout.folder, '..', before, 'b.yaml'), 'utf8')).toBe('one');
  expect(await checkout.commit()).toBe(second);
});

test('a branch and a folder of it', async () => {
  await commit({ 'hosts/web/a.yaml': 'main' });
  git('checkout', '--quiet', '-b', 'next');
  const next = await commit({ 'hosts/web/a.yaml': 'next' });
  git('checkout', '--quiet', 'main');
  const checkout = gitCheckout(path.join(temp, 'state'), source({ ref: 'next', folder: 'hosts/web' }));
  expect(await checkout.update(signal)).toBe(next);
  expect(await readFile(path.join(checkout.folder, 'a.yaml'), 'utf8')).toBe('next');
});

test('a repository that cannot be reached leaves the last commit, and is found again', async () => {
  const checkout = gitCheckout(path.join(temp, 'state'), source());
  const first = await commit({ 'a.yaml': 'one' });
  await checkout.update(signal);
  await rename(repository, `${repository}.away`);
  await expect(checkout.update(signal)).rejects.toThrow(FailureError);
  expect(await checkout.commit()).toBe(first);
  expect(await readFile(path.join(checkout.folder, 'a.yaml'), 'utf8')).toBe('one');
  await rename(`${repository}.away`, repository);
  const second = await commit({ 'a.yaml': 'two' });
  expect(await checkout.update(signal)).toBe(second);
});

test('history that was rewritten is followed; a hook of the repository is not run', async () => {
  const checkout = gitCheckout(path.join(temp, 'state'), source());
  await commit({ 'a.yaml': 'one' });
  await checkout.update(signal);
  await writeFile(path.join(repository, 'a.yaml'), 'other');
  git('commit', '--quiet', '--all', '--amend', '--message', 'another');
  expect(await checkout.update(signal)).toBe(git('rev-parse', 'HEAD'));
  expect(await readFile(path.join(checkout.folder, 'a.yaml'), 'utf8')).toBe('other');
});

test('over ssh it is reached as GIT_SSH_COMMAND says, where somebody says so', async () => {
  const first = await commit({ 'a.yaml': 'one' });
  const reach = path.join(temp, 'reach');
  // git asks with -G whether it takes the options of OpenSSH.
  const script = `#!/bin/sh\n[ "$1" = -G ] && exit 1\necho "$1" >${temp}/asked\nexec sh -c "$2"\n`;
  await writeFile(reach, script, { mode: 0o755 });
  const checkout = gitCheckout(path.join(temp, 'state'), source({ url: `ssh://code.example${repository}` }));
  vi.stubEnv('GIT_SSH_COMMAND', reach);
  try {
    expect(await checkout.update(signal)).toBe(first);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(await readFile(path.join(temp, 'asked'), 'utf8')).toBe('code.example\n');
});

test('what a killed run left half done is done anew', async () => {
  const checkout = gitCheckout(path.join(temp, 'state'), source());
  const first = await commit({ 'a.yaml': 'one' });
  await checkout.update(signal);
  const commits = path.join(checkout.folder, '..', 'commits');
  const second = await commit({ 'a.yaml': 'two' });
  await mkdir(path.join(commits, `${second}.tmp`));
  await writeFile(path.join(commits, `${second}.tmp`, 'junk.yaml'), 'half');
  await mkdir(path.join(commits, second));
  expect(await checkout.commit()).toBe(first);
  expect(await checkout.update(signal)).toBe(second);
  expect(await readFile(path.join(checkout.folder, 'a.yaml'), 'utf8')).toBe('two');
  await expect(readFile(path.join(checkout.folder, 'junk.yaml'))).rejects.toThrow('ENOENT');
});

describe('what --git takes', () => {
  test.each([
    ['https://example.com/apps.git', { url: 'https://example.com/apps.git', ref: 'HEAD', folder: '' }],
    ['git@example.com:apps.git#v1', { url: 'git@example.com:apps.git', ref: 'v1', folder: '' }],
    ['/srv/apps#main:hosts/web/', { url: '/srv/apps', ref: 'main', folder: 'hosts/web' }],
    [
      'ssh://git@example.com:2222/apps#:web',
      { url: 'ssh://git@example.com:2222/apps', ref: 'HEAD', folder: 'web' },
    ],
  ])('%s', (text, expected) => {
    expect(parseGitSource(text)).toEqual({ ok: true, value: expected });
  });

  test.each([
    '',
    '--upload-pack=evil',
    'ext::sh -c evil',
    '/srv/apps#--upload-pack=evil',
    '/srv/apps#main:../..',
    '/srv/apps#a..b',
    'https://anna:hunter2@example.com/apps.git',
    'https://hunter2@example.com/apps.git#main',
    'HTTP://hunter2@example.com/apps.git',
    'ssh://anna:hunter2@example.com/apps.git',
  ])('not %s', (text) => {
    const read = parseGitSource(text);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  test('a name alone is a login, too, and the next step says where it belongs', () => {
    expect(parseGitSource('https://anna@dev.example.com/org/apps.git')).toMatchObject({
      ok: false,
      failures: [
        {
          message: 'the URL of --git holds a login',
          next: expect.stringContaining('leave out what stands before @') as string,
        },
      ],
    });
  });
});
