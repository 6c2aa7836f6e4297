import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PipeOptions, PipeResult } from '../../ports/host.ts';
import { endWith } from './end-with.ts';

const stderrKept = 16 * 1024;

/** What a command that is not gear's own child would need beside its argv. */
interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In a session of its own, where Ctrl-C at the terminal does not reach it. */
  readonly detached?: boolean;
  /** What of the command's stdout is handed on. */
  readonly trim?: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
}

/**
 * Runs a command with bytes going through it as they come: nothing is kept in memory. Resolves with how it ended. Whatever
 * breaks on gear's side, be it what gives the bytes, what takes them or the signal, ends the command and is thrown.
 */
export async function pipeCommand(
  command: readonly string[],
  { input, output, signal }: PipeOptions,
  { environment, detached = false, trim = (bytes) => bytes }: Surroundings,
): Promise<PipeResult> {
  signal?.throwIfAborted();
  const [file = '', ...args] = command;
  const child = spawn(file, args, { env: { ...environment }, stdio: 'pipe', detached });
  const broken = new AbortController();
  const stop = signal === undefined ? broken.signal : AbortSignal.any([signal, broken.signal]);
  const release = endWith(child, stop);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 128));
  });
  const breaks = (error: unknown): never => {
    broken.abort();
    throw error;
  };
  const given = feed(child.stdin, input).catch(breaks);
  const taken = (async () => {
    const bytes = trim(child.stdout as AsyncIterable<Uint8Array>);
    if (output !== undefined) return output(bytes);
    for await (const _ of bytes);
  })().catch(breaks);
  const outcomes = await Promise.allSettled([given, taken, ended]);
  release();
  if (signal?.aborted === true) throw signal.reason as Error;
  const [ofInput, ofOutput, status] = outcomes;
  for (const outcome of [ofInput, ofOutput]) if (outcome.status === 'rejected') throw outcome.reason as Error;
  if (status.status === 'rejected') throw status.reason as Error;
  return { status: status.value, stderr };
}

/** What a command does not read to the end closes the pipe; its exit status says what is wrong. */
async function feed(
  stdin: NodeJS.WritableStream,
  input: AsyncIterable<Uint8Array> | undefined,
): Promise<void> {
  const failed: { by?: unknown } = {};
  const watched = (async function* () {
    try {
      if (input !== undefined) yield* input;
    } catch (error) {
      failed.by = error;
      throw error;
    }
  })();
  try {
    await pipeline(Readable.from(watched, { objectMode: false }), stdin);
  } catch (error) {
    if (failed.by !== undefined) throw failed.by as Error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(code))
      throw error;
  }
}
