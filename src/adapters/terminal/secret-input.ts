import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { FailureError } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { problemOf } from '../files/problem.ts';

/** How a secret is asked for. */
export interface SecretInput {
  readonly limit: number;
  readonly tell: (text: string) => void;
  /** What it is of the name: `value of`. */
  readonly what?: string;
  /** How things are when nothing is given. */
  readonly without?: string;
}

/**
 * The value of a secret from a file, or `-` for stdin, byte for byte; where stdin is a terminal one line of it, asked
 * for by `tell`, without echo and without its newline. Reads one byte more than `limit` at most. VALUE_INVALID, INTERRUPTED.
 */
export async function readSecretInput(
  name: string,
  file: string,
  { limit, tell, what = 'value of', without = `the secret ${quote(name)} is as it was` }: SecretInput,
): Promise<Uint8Array> {
  if (file === '-')
    return process.stdin.isTTY
      ? askSecret(`${what} ${quote(name)}`, without, tell)
      : collect(process.stdin, limit);
  try {
    return await collect(createReadStream(file, { end: limit }), limit);
  } catch (error) {
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: `the value of ${quote(name)} cannot be read: ${quote(file)} ${problemOf(error)}`,
      next: `name a file that can be read: gear secret set ${name} --from-file FILE`,
      subject: name,
    });
  }
}

async function collect(stream: AsyncIterable<unknown>, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}

function askSecret(what: string, without: string, tell: (text: string) => void): Promise<Uint8Array> {
  // readline edits the line as a person expects, and writes what is typed to nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  // Only now does the terminal show nothing: whoever sees the question may answer it at once.
  tell(`${what} (not shown): `);
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      resolve(Buffer.from(line));
      lines.close();
    });
    lines.once('SIGINT', () => {
      lines.close();
    });
    lines.once('close', () => {
      tell('\n');
      reject(
        new FailureError({
          code: 'INTERRUPTED',
          message: `nothing was given: ${without}`,
          next: 'run the same command again',
        }),
      );
    });
  });
}
