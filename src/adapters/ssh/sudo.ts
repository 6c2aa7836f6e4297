import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { HostAddress } from '../../core/model/host-address.ts';
import { FailureError } from '../../errors/failure.ts';
import { sudoRefused } from './failure.ts';
import { passwordCheck } from './remote-command.ts';

/** Asks a person for the password that sudo(8) on a host wants of a user. FailureError INTERRUPTED. */
export type AskPassword = (host: HostAddress, user: string) => Promise<string>;

/** As many as sudo(8) itself gives by default. */
const tries = 3;

interface Asking {
  readonly address: HostAddress;
  readonly user: string;
  readonly ask: AskPassword;
  /** Starts a line on the host, with what its stdin begins with. */
  readonly start: (remote: string, preface: string) => ChildProcessWithoutNullStreams;
}

/** Whether sudo(8), asked not to ask, refused for want of a password alone. */
export function wantsPassword(refusal: string): boolean {
  return /a (?:password|terminal) is required/.test(refusal);
}

/** The password, once sudo has taken it in a session of its own. FailureError SUDO_REFUSED, INTERRUPTED. */
export async function askUntilRight({ address, user, ask, start }: Asking): Promise<string> {
  for (let tried = 0; tried < tries; tried++) {
    const password = await ask(address, user);
    // One attempt a session: what came after a wrong line would be taken for the next one.
    const child = start(passwordCheck, `${password}\n`);
    child.stdin.on('error', () => undefined).end();
    child.stdout.resume();
    child.stderr.resume();
    const status = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    if (status === 0) return password;
  }
  throw new FailureError(sudoRefused(address, user, 'the password was not taken'));
}
