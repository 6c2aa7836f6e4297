import { statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import type { UserFolders } from '../../core/model/paths.ts';

/** The user whose systemd gear acts on, as this process was started. */
export interface UserAccount {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  readonly folders: UserFolders;
  /** Whether the folder for run-time files is there: without it no systemd of this user runs. */
  readonly hasRuntime: boolean;
}

/**
 * The user of this process. Who came by su(1) or from cron has no XDG_RUNTIME_DIR; the folder that logind makes for the
 * user is then taken (pam_systemd(8)).
 */
export function userAccount(environment: NodeJS.ProcessEnv = process.env): UserAccount {
  const { username: name, uid } = userInfo();
  const home = homedir();
  const chosen = (variable: string, usual: string): string => {
    const value = environment[variable] ?? '';
    return path.isAbsolute(value) ? value : usual;
  };
  const runtime = chosen('XDG_RUNTIME_DIR', `/run/user/${String(uid)}`);
  return {
    name,
    uid,
    home,
    folders: {
      config: chosen('XDG_CONFIG_HOME', path.join(home, '.config')),
      state: chosen('XDG_STATE_HOME', path.join(home, '.local', 'state')),
      runtime,
    },
    hasRuntime: statSync(runtime, { throwIfNoEntry: false })?.uid === uid,
  };
}
