import type { Duplex } from 'node:stream';
import { BusError, connectionLost } from './bus-error.ts';

/**
 * Logs in to a message bus over a fresh connection; afterwards the stream carries messages.
 *
 * EXTERNAL without an identity makes the peer take the credentials of the socket. That one form is accepted
 * by dbus-daemon, through a socket that ssh forwards, and by systemd-stdio-bridge, whatever the local uid.
 * Fails with `gear.AccessDenied` when refused, `gear.Timeout`, or with the error that ended the connection.
 */
export function authenticate(stream: Duplex, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let line = '';
    const finish = (error?: BusError): void => {
      clearTimeout(timer);
      stream.off('readable', read).off('error', lost).off('end', lost).off('close', lost);
      if (error === undefined) resolve();
      else reject(error);
    };
    const lost = (cause?: unknown): void => {
      finish(connectionLost(cause));
    };
    // One byte at a time: what follows the last line belongs to the messages.
    const read = (): void => {
      for (let byte = next(); byte !== null; byte = next()) {
        line += byte;
        if (line.length > MAX_LINE_CHARACTERS) {
          finish(new BusError('gear.Closed', 'the peer does not speak D-Bus'));
          return;
        }
        if (!line.endsWith('\r\n')) continue;
        const answer = line.trimEnd();
        line = '';
        if (answer.startsWith('OK ')) {
          finish();
          return;
        }
        if (answer !== 'DATA') {
          finish(new BusError('gear.AccessDenied', `the bus refused the login: ${answer}`));
          return;
        }
      }
    };
    const next = (): string | null => (stream.read(1) as Buffer | null)?.toString('latin1') ?? null;
    const timer = setTimeout(() => {
      finish(new BusError('gear.Timeout', `the bus did not answer the login within ${String(timeoutMs)} ms`));
    }, timeoutMs);
    stream.on('readable', read).on('error', lost).on('end', lost).on('close', lost);
    // All at once, as systemd's own clients do it: over ssh each answer waited for would be a round trip.
    stream.write('\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n');
  });
}

/** A server's line is a keyword and a 32-digit id or a list of mechanisms. */
const MAX_LINE_CHARACTERS = 1024;
