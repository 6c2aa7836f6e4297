import type { Failure } from '../errors/failure.ts';

/** The word in front of a command that has it act on the user's own systemd, as systemctl has it. */
export const userWord = '--user';

/** What cannot be asked of another host. */
export function onThisMachineOnly(host: string): Failure {
  return {
    code: 'USER_SCOPE',
    message: `gear --user acts on this machine alone, not on ${host}`,
    next: `ssh ${host} gear --user …; or without --user, for the containers of the machine`,
    subject: host,
  };
}
