import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import { BusError } from './bus-error.ts';

/**
 * A duplex stream over the stdin and stdout of a command that runs, such as `ssh HOST systemd-stdio-bridge`. It ends with an
 * error that tells how the command ended and what it wrote to stderr, and only then: the end of stdout alone would say
 * nothing. Destroying the stream ends the command. With `mark`, its output begins behind the line that holds it: what comes
 * earlier is of a profile of the shell that starts it.
 */
export function bridgeOver(child: ChildProcessWithoutNullStreams, command: string, mark?: string): Duplex {
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-MAX_COMPLAINTS_CHARACTERS);
  });
  const stream = new Duplex({
    read: () => child.stdout.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      // A write that fails means that the command is ending: its 'close' tells why, and ends the stream.
      child.stdin.write(chunk, () => {
        done();
      });
    },
    destroy: (error, done) => {
      child.kill();
      done(error);
    },
  });
  child.stdin.on('error', () => child.stdin.destroy());
  const wanted = mark === undefined ? (chunk: Buffer) => chunk : behindLine(mark);
  child.stdout.on('data', (chunk: Buffer) => {
    const bytes = wanted(chunk);
    if (bytes.length > 0 && !stream.push(bytes)) child.stdout.pause();
  });
  child.stdout.on('end', () => {
    const impatient = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    child.once('close', () => {
      clearTimeout(impatient);
    });
  });
  child.on('error', (cause) => {
    stream.destroy(new BusError('gear.NoBus', `cannot run ${command}: ${cause.message}`, { cause }));
  });
  child.on('close', (code, signal) => {
    const how = signal === null ? `exited with status ${String(code)}` : `was ended by ${signal}`;
    const said = complaints.trim();
    stream.destroy(new BusError('gear.Closed', `${command} ${how}${said === '' ? '' : `: ${said}`}`));
  });
  return stream;
}

/** Passes on what comes behind the first line that ends with the mark. */
export function behindLine(mark: string): (chunk: Buffer) => Buffer {
  const line = Buffer.from(`${mark}\n`);
  let before: Buffer | null = Buffer.alloc(0);
  return (chunk) => {
    if (before === null) return chunk;
    const seen = Buffer.concat([before, chunk]);
    const at = seen.indexOf(line);
    before = at < 0 ? seen : null;
    return at < 0 ? Buffer.alloc(0) : seen.subarray(at + line.length);
  };
}

const MAX_COMPLAINTS_CHARACTERS = 2000;
/** How long a command may take to exit once it has closed its stdout. */
const GRACE_MS = 1000;
