import { randomBytes } from 'node:crypto';
import { quoteCommand } from './quote.ts';
import { type Elevation, remoteCommand, waitingCommand } from './remote-command.ts';

type Argv = readonly [string, ...string[]];

/** How a command is run in a session of its own. */
export interface SessionLine {
  /** The whole command line of this machine. */
  readonly argv: Argv;
  /** stdout begins after the line that holds this. */
  readonly mark: string;
  /** What stdin begins with: a password for sudo(8), or nothing. */
  readonly preface: string;
}

/** What all lines to one host are made with. */
export interface Way {
  /** The command line of this machine that gives the login shell its one line. */
  readonly argv: (remote: string) => Argv;
  /** What sudo(8) asks for; null where it asks for nothing, or nobody could be asked. */
  readonly password: string | null;
}

/** The line of a command, as root where that is needed. */
export function sessionLine(command: readonly string[], elevated: Elevation, way: Way): SessionLine {
  const mark = newMark();
  const { password } = way;
  if (elevated !== true || password === null)
    return { argv: way.argv(remoteCommand(command, { mark, elevated })), mark, preface: '' };
  const remote = remoteCommand(command, { mark, elevated: 'by password' });
  return { argv: way.argv(remote), mark, preface: `${password}\n` };
}

/** The line of a session that is told its command later. */
export function waitingLine({ argv }: Way): SessionLine {
  const mark = newMark();
  return { argv: argv(waitingCommand(mark)), mark, preface: '' };
}

/** A command with the streams of this machine, for the login shell. On a terminal sudo itself asks the person who is at it. */
export function terminalCommand(command: readonly string[], elevated: boolean, { password }: Way): string {
  const sudo = password === null ? ['sudo', '-n', '--'] : ['sudo', '--'];
  return quoteCommand(['exec', ...(elevated ? sudo : []), ...command]);
}

function newMark(): string {
  return randomBytes(16).toString('hex');
}
