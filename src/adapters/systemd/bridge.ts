import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { BusError } from './bus-error.ts';

/**
 * A duplex stream over the stdin and stdout of a command. It ends with an error that tells how the command
 * ended and what it wrote to stderr, and only then: the end of stdout alone would say nothing. Destroying
 * the stream ends the command.
 */
export function openBridge([command, ...args]: readonly [string, ...string[]]): Duplex {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
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
  child.stdout.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) child.stdout.pause();
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

const MAX_COMPLAINTS_CHARACTERS = 2000;
/** How long a command may take to exit once it has closed its stdout. */
const GRACE_MS = 1000;
