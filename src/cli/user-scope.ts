import { choosePaths, userPaths } from '../core/model/paths.ts';
import type { Failure } from '../errors/failure.ts';
import { thisUser } from './context.ts';

/**
 * Has this process act on the systemd of its user. Null, or why it cannot: before anything was read. Everything that gear
 * reads and writes afterwards is of that scope.
 */
export function enterUserScope(): Failure | null {
  const account = thisUser();
  if (account.uid === 0) {
    return {
      code: 'USER_SCOPE',
      message: 'gear --user is for users without root: the containers of root are those of the machine',
      next: 'leave --user out; or become the user: machinectl shell USER@',
    };
  }
  if (!account.hasRuntime) {
    return {
      code: 'USER_SESSION',
      message: `your own systemd does not run: ${account.folders.runtime} is not there, or not yours`,
      next: `loginctl enable-linger ${account.name}`,
    };
  }
  choosePaths(userPaths(account.folders));
  return null;
}
