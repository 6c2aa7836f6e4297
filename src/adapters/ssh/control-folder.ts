import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostAddress } from '../../core/model/host-address.ts';
import { FailureError } from '../../errors/failure.ts';
import { errnoOf } from '../files/refusal.ts';

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
  const near = session.startsWith('/') && session.length < longestFolder ? join(session, 'gear') : null;
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

/** The control socket of a host: another user, port or alias is another connection. */
export function controlPath(folder: string, { host, user, port }: HostAddress): string {
  const key = JSON.stringify([host, user ?? null, port ?? null]);
  return join(folder, createHash('sha256').update(key).digest('hex').slice(0, 16));
}
