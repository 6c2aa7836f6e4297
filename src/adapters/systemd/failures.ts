import type { ErrorCode } from '../../errors/codes.ts';
import { FailureError } from '../../errors/failure.ts';
import { BusError } from './bus-error.ts';

/**
 * Turns a BusError into a FailureError; anything else, and a call with wrong arguments, is a bug and thrown as
 * it is. `refused` is the code for an error reply of systemd that has no code of its own.
 */
export function throwAsFailure(error: unknown, refused: ErrorCode, subject?: string): never {
  if (!(error instanceof BusError) || error.dbusName === 'gear.BadArguments') throw error;
  const code = codeOf.get(error.dbusName) ?? refused;
  const about = subject === undefined ? {} : { subject };
  const absent = code === refused ? absentUnit(error, subject) : undefined;
  if (absent !== undefined)
    throw Object.assign(new FailureError({ code, ...absent, ...about }), { cause: error });
  const failure = new FailureError({
    code,
    message: error.message,
    next: nextSteps[code] ?? whereToLook(subject),
    ...about,
  });
  failure.cause = error;
  throw failure;
}

const codeOf: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ['gear.NoBus', 'SYSTEMD_ABSENT'],
  ['gear.NoSystemd', 'SYSTEMD_ABSENT'],
  ['gear.AccessDenied', 'NOT_ROOT'],
  ['gear.Closed', 'BUS_LOST'],
  ['gear.Timeout', 'BUS_LOST'],
  ['gear.JobLost', 'BUS_LOST'],
  ['gear.WaitTimeout', 'WAIT_TIMEOUT'],
  ['gear.Aborted', 'INTERRUPTED'],
  ['org.freedesktop.DBus.Error.AccessDenied', 'NOT_ROOT'],
  ['org.freedesktop.DBus.Error.AuthFailed', 'NOT_ROOT'],
  ['org.freedesktop.DBus.Error.InteractiveAuthorizationRequired', 'NOT_ROOT'],
  // What the bus says in systemd's place while systemd re-executes itself, or is not there at all.
  ['org.freedesktop.DBus.Error.NoReply', 'BUS_LOST'],
  ['org.freedesktop.DBus.Error.NameHasNoOwner', 'SYSTEMD_ABSENT'],
  ['org.freedesktop.DBus.Error.ServiceUnknown', 'SYSTEMD_ABSENT'],
  ['org.freedesktop.systemd1.DiskFull', 'DISK_FULL'],
  ['System.Error.ENOSPC', 'DISK_FULL'],
]);

const nextSteps: Partial<Readonly<Record<ErrorCode, string>>> = {
  SYSTEMD_ABSENT: 'run gear on a host whose PID 1 is systemd, with dbus installed and running',
  NOT_ROOT: 'run the command as root, for example with sudo',
  BUS_LOST: 'look at systemctl status dbus.service, then run the command again: it finishes what was begun',
  DISK_FULL: 'free space in /run and on the root file system, then run the command again',
  INTERRUPTED: 'run the command again: it finishes what was begun',
};

/** A unit that the one in question needs, and that systemd has not: its name was mistyped, or it is still to be made. */
function absentUnit(
  { dbusName, message }: BusError,
  subject: string | undefined,
): { readonly message: string; readonly next: string } | undefined {
  if (dbusName !== 'org.freedesktop.systemd1.NoSuchUnit' || subject === undefined) return undefined;
  const [, needed] = /^Unit (\S+) not found\.?$/.exec(message) ?? [];
  if (needed === undefined || needed === subject) return undefined;
  return {
    message: `${subject} needs ${needed}, and systemd has no unit of that name`,
    next: `correct the name, or make that unit first: systemctl status ${needed}`,
  };
}

function whereToLook(subject: string | undefined): string {
  return subject === undefined ? 'look at journalctl -b _PID=1' : `look at systemctl status ${subject}`;
}
