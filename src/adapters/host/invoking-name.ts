import { hostname, userInfo } from 'node:os';

/** What useradd(8) accepts; anything else in SUDO_USER was not put there by sudo. */
const userName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\$?$/;

/** Who asks, for the manifest and the lock: `root`, `anna (sudo)`, or `user 1234` when the system has no name. */
export function invokingName(uid: number, environment: NodeJS.ProcessEnv): string {
  const behind = environment['SUDO_USER'];
  if (uid === 0 && behind !== undefined && behind !== 'root' && userName.test(behind))
    return `${behind} (sudo)`;
  try {
    return userInfo().username;
  } catch (error) {
    // os.userInfo throws a SystemError when the user has no entry in passwd(5).
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR') return `user ${uid}`;
    throw error;
  }
}

/** The same for whoever reads it on another host: `anna@laptop`. */
export function operatorName(uid: number, environment: NodeJS.ProcessEnv): string {
  return `${invokingName(uid, environment)}@${hostname()}`;
}
