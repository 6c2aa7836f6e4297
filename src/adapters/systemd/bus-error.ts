/**
 * Errors that gear itself raises about the bus. Everything else in `dbusName` is the name that the peer
 * put into its error reply, e.g. `org.freedesktop.systemd1.NoSuchUnit`.
 *
 * NoBus: nothing listens at the address. NoSystemd: systemd is not PID 1 here. AccessDenied: the socket or
 * the bus refused us. Closed: the connection was lost. Timeout: the bus or systemd did not answer.
 * WaitTimeout, Aborted: the wait for a job or a state ended, what was asked for may still happen.
 * BadArguments: the call was never sent. JobLost: systemd was replaced while a job ran, and its result cannot
 * be known any more.
 */
export type LocalErrorName = `gear.${
  | 'NoBus'
  | 'NoSystemd'
  | 'AccessDenied'
  | 'Closed'
  | 'Timeout'
  | 'WaitTimeout'
  | 'Aborted'
  | 'BadArguments'
  | 'JobLost'}`;

/** A failed D-Bus call or connection, told apart by its D-Bus error name. */
export class BusError extends Error {
  override readonly name = 'BusError';
  readonly dbusName: string;

  constructor(dbusName: LocalErrorName | (string & {}), message: string, options?: ErrorOptions) {
    super(message === '' ? dbusName : message, options);
    this.dbusName = dbusName;
  }
}

/** The loss of a connection as one error: the cause's own if it is a BusError, else `gear.Closed` with its text. */
export function connectionLost(cause?: unknown): BusError {
  if (cause instanceof BusError) return cause;
  const detail = cause instanceof Error ? `: ${cause.message}` : '';
  return new BusError('gear.Closed', `the D-Bus connection was lost${detail}`, { cause });
}

/** The caller's own abort, as the same kind of error as every other end of a wait. */
export function aborted(what: string, signal: AbortSignal): BusError {
  return new BusError('gear.Aborted', `${what}: no longer waited for`, { cause: signal.reason });
}
