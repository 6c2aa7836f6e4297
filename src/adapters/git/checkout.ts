import { mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { hashOf } from '../../core/model/hash.ts';
import type { GitSource } from '../../core/model/git-source.ts';
import { type Failure, FailureError } from '../../errors/failure.ts';
import type { GitCheckout } from '../../ports/git.ts';
import { runCommand } from '../process/command.ts';
import { isAbsent, errnoOf, refusal } from '../files/refusal.ts';

/** A fetch of one commit of descriptors takes seconds; a connection that hangs is given up. */
const timeoutMs = 120_000;

/**
 * A repository below `root`: its objects, a folder for the files of each of the last commits, and the link `current` to
 * one of them. git(1) does the work, so ssh keys, credential helpers and proxies are those that root has for it.
 */
export function gitCheckout(root: string, { url, ref, folder }: GitSource): GitCheckout {
  const base = path.join(root, hashOf({ url, ref }));
  const objects = path.join(base, 'objects.git');
  const trees = path.join(base, 'commits');
  const current = path.join(base, 'current');

  async function commit(): Promise<string | null> {
    try {
      return path.basename(await readlink(current));
    } catch (error) {
      if (isAbsent(error)) return null;
      throw refusal(error, 'read', current);
    }
  }

  async function update(signal: AbortSignal): Promise<string | null> {
    try {
      await mkdir(trees, { recursive: true, mode: 0o700 });
      await git(url, ['init', '--quiet', '--bare', objects], {}, signal);
      const inRepository = ['--git-dir', objects];
      await git(
        url,
        [...inRepository, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', url, ref],
        {},
        signal,
      );
      const fetched = await git(
        url,
        [...inRepository, 'rev-parse', '--verify', 'FETCH_HEAD^{commit}'],
        {},
        signal,
      );
      if (fetched === (await commit())) return null;
      await checkOut(fetched, signal);
      await swap(fetched);
      return fetched;
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      throw refusal(error, 'write into', base);
    }
  }

  /** Whole under its name, or not there. */
  async function checkOut(hash: string, signal: AbortSignal): Promise<void> {
    const tree = path.join(trees, hash);
    const half = `${tree}.tmp`;
    await rm(half, { recursive: true, force: true });
    await rm(tree, { recursive: true, force: true });
    await mkdir(half, { mode: 0o700 });
    const environment = { GIT_INDEX_FILE: path.join(base, 'index') };
    await rm(environment.GIT_INDEX_FILE, { force: true });
    const place = ['--git-dir', objects, '--work-tree', half];
    await git(url, [...place, 'checkout', '--quiet', '--force', hash, '--', '.'], environment, signal);
    await rename(half, tree);
  }

  async function swap(hash: string): Promise<void> {
    const before = await commit();
    await rm(`${current}.tmp`, { force: true });
    await symlink(path.join('commits', hash), `${current}.tmp`);
    await rename(`${current}.tmp`, current);
    // The one before stays, for whoever still reads it.
    const kept = new Set([hash, before]);
    for (const name of await readdir(trees)) {
      if (!kept.has(name)) await rm(path.join(trees, name), { recursive: true, force: true });
    }
  }

  return { folder: folder === '' ? current : path.join(current, folder), commit, update };
}

/** Runs git without asking anybody anything, and returns what it wrote, trimmed. FailureError GIT_FAILED. */
async function git(
  url: string,
  args: readonly string[],
  more: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const { PATH = '/usr/bin:/bin', HOME = '/root', SSH_AUTH_SOCK, GIT_SSH_COMMAND } = process.env;
  const environment = {
    PATH,
    HOME,
    LC_ALL: 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=20',
    ...(SSH_AUTH_SOCK === undefined ? {} : { SSH_AUTH_SOCK }),
    ...more,
  };
  // Nothing that a repository or its URL says is run.
  const safe = [
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'protocol.ext.allow=never',
    '-c',
    'core.fsmonitor=false',
    // What git starts to fetch outlives it; this ends by itself where the other side says no more.
    '-c',
    'http.lowSpeedLimit=1',
    '-c',
    'http.lowSpeedTime=60',
  ];
  try {
    const outcome = await runCommand('git', [...safe, ...args], { environment, timeoutMs, signal });
    if (outcome.status === 0) return outcome.stdout.trim();
    throw new FailureError(failed(url, outcome.timedOut ? 'it did not end in time' : outcome.stderr));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT')
      throw new FailureError({ ...failed(url, 'git is not installed'), next: 'install git' });
    throw error;
  }
}

function failed(url: string, why: string): Failure {
  const lines = why.trim().split('\n');
  const [last = 'it gave no reason'] = lines.slice(-1);
  return {
    code: 'GIT_FAILED',
    message: `git could not fetch ${url}: ${last.replace(/^(fatal|error): /, '')}`,
    next: `see whether root may read it: git ls-remote ${url}`,
    details: lines.slice(0, -1),
  };
}
