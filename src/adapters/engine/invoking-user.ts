import { homedir, userInfo } from 'node:os';

/** The user as whom gear runs: whose stored credentials a pull uses. */
export interface InvokingUser {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Who called sudo, when somebody did: their home is not read. */
  readonly sudoUser: string | null;
}

/** The user of this process. */
export function invokingUser(): InvokingUser {
  const { username, uid } = userInfo();
  const sudoUser = process.env['SUDO_USER'] ?? '';
  return {
    name: username,
    uid,
    home: homedir(),
    environment: process.env,
    sudoUser: sudoUser === '' || sudoUser === username ? null : sudoUser,
  };
}
