import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostAddress } from '../../core/model/host-address.ts';
import { FailureError } from '../../errors/failure.ts';
import { errnoOf, refusal } from '../files/refusal.ts';

/** sun_path of unix(7) has 108 bytes, and ssh adds 17 characters to a control socket that it makes. */
const longestFolder = 70;

/**
 * The folder of control sockets: whoever can write there could answer in a host's place, so it is this user's own, 0700.
 * FailureError SSH_FAILED when somebody else has it.
 */
export async function controlFolder(
  environment: NodeJS.ProcessEnv = process.env,
  uid = process.geteuid?.() ?? -1,
): Promise<string> {
  const session = environment['XDG_RUNTIME_DIR'] ?? '';
  const near = session.startsWith('/') && session.length < longestFolder ? join(session, 'gear-ssh') : null;
  if (near !== null && (await ownFolder(near, uid))) return near;
  const far = join(tmpdir().length < longestFolder ? tmpdir() : '/tmp', `gear-${uid}`);
  if (await ownFolder(far, uid)) return far;
  throw new FailureError({
    code: 'SSH_FAILED',
    message: `${far} is not a folder of this user alone, so no connection is kept there`,
    next: `see whose it is: ls -ld ${far}`,
    subject: far,
  });
}

/** Whether the folder is there, made where it was not, and this user's alone. */
async function ownFolder(path: string, uid: number): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    if (errnoOf(error) !== 'EEXIST') return false;
  }
  const found = await lstat(path);
  return found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
}

/** The first control socket of a host: another user, port or alias is another connection. */
export function controlPath(folder: string, { host, user, port }: HostAddress): string {
  const key = JSON.stringify([host, user ?? null, port ?? null]);
  return join(folder, createHash('sha256').update(key).digest('hex').slice(0, 16));
}

/** A control socket that this process alone uses, until it is given back; its connection outlives that. */
export interface ClaimedPath {
  readonly path: string;
  readonly giveBack: () => void;
}

/**
 * The first control socket of a host that no other gear uses: several commands on one connection would want more
 * sessions than sshd allows it. A claim is a file with the process in it; that of a process which is gone counts for
 * nothing. With `isNew`, the first at which no connection is kept either.
 */
export function claimPath(folder: string, address: HostAddress, isNew = false): ClaimedPath {
  for (let number = 0; ; number++) {
    const path = `${controlPath(folder, address)}${number === 0 ? '' : `-${number}`}`;
    if (isNew && existsSync(path)) continue;
    const claim = `${path}.pid`;
    if (take(claim) || (isStale(claim) && take(claim)))
      return { path, giveBack: () => rmSync(claim, { force: true }) };
  }
}

function take(claim: string): boolean {
  try {
    writeFileSync(claim, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw refusal(error, 'write', claim);
  }
}

/** Whether the claim is of a process that is gone; it is removed then. */
function isStale(claim: string): boolean {
  try {
    process.kill(Number(readFileSync(claim, 'utf8')), 0);
    return false;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== 'ESRCH' && errno !== 'ENOENT') return false;
    rmSync(claim, { force: true });
    return true;
  }
}
