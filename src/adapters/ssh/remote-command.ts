import { quoteCommand } from './quote.ts';
import { greetingLine, remotePath } from './shell-script.ts';

/** Whether sudo(8) is used: as the greeting told, or found out there where it has not been heard yet. */
export type Elevation = boolean | 'where needed';

/** It reads one line of stdin whatever it remembers, so that no password ever gets to the command behind it. */
const sudoByPassword = ['sudo', '-k', '-S', '-p', '', '--'];

const maySudo = '[ "$(id -u)" != 0 ] && sudo -n -- /bin/sh -s </dev/null >/dev/null 2>&1';

/**
 * The login shell is given one line that every shell reads in the same way. Who is not root becomes root where sudo(8)
 * allows that without asking; where it does not, what only reads works all the same. The facts of the host are its
 * first answer.
 */
export function shellCommand(mark: string): string {
  const find = `if ${maySudo}; then exec sudo -n -- /bin/sh -c "$1" "$0"; fi; exec /bin/sh -c "$1" "$0"`;
  return quoteCommand(['exec', '/bin/sh', '-c', find, mark, greetingLine()]);
}

/** A shell of root for whoever gives the password on the first line of stdin. */
export const shellByPassword = quoteCommand(['exec', ...sudoByPassword, '/bin/sh', '-s']);

/** Ends with 0 where that line is the password. */
export const passwordCheck = quoteCommand(['exec', ...sudoByPassword, '/bin/sh', '-c', ':']);

const begin = `echo "$0"; LC_ALL=C.UTF-8 PATH=${remotePath}; export LC_ALL PATH`;

function whereNeeded(run: string, mark: string, command: readonly string[]): string {
  const find = `run=$1; shift; if ${maySudo}; then exec sudo -n -- /bin/sh -c "$run" "$0" "$@"; fi; exec /bin/sh -c "$run" "$0" "$@"`;
  return quoteCommand(['exec', '/bin/sh', '-c', find, mark, run, ...command]);
}

/** The same of a command that is told later: the first line of stdin holds it, in base64. */
export function waitingCommand(mark: string): string {
  const run = `${begin}; IFS= read -r line || exit 0; eval "exec $(printf %s "$line" | base64 -d)"`;
  return whereNeeded(run, mark, []);
}

/**
 * A command as a line for the login shell. It writes `mark` and a newline before its own output: what comes earlier is
 * of a profile. Always through /bin/sh, so that one line of sudoers(5) is enough.
 */
export function remoteCommand(
  command: readonly string[],
  { mark, elevated }: { readonly mark: string; readonly elevated: Elevation | 'by password' },
): string {
  const run = `${begin}; exec "$@"`;
  if (elevated === 'where needed') return whereNeeded(run, mark, command);
  return quoteCommand([
    'exec',
    ...(elevated === 'by password' ? sudoByPassword : elevated ? ['sudo', '-n', '--'] : []),
    '/bin/sh',
    '-c',
    run,
    mark,
    ...command,
  ]);
}
