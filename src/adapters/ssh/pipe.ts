import type { PipeOptions, PipeResult } from '../../ports/host.ts';
import { pipeCommand } from '../host/pipe.ts';
import { connectFailure, lostFailure } from './failure.ts';
import type { HostLink } from './link.ts';

const sshFailed = 255;

/** pipeCommand on a host, in a session of its own. When the connection breaks, FailureError HOST_…. */
export async function pipeRemote(
  link: HostLink,
  command: readonly string[],
  options: PipeOptions = {},
): Promise<PipeResult> {
  const release = await link.slots.take();
  try {
    const { argv, mark, preface } = await link.line(command);
    const begun = { yes: false };
    const result = await pipeCommand(
      argv,
      { ...options, input: behind(preface, options.input) },
      {
        environment: process.env,
        detached: true,
        trim: (bytes) => afterMark(bytes, mark, begun),
      },
    );
    if (result.status !== sshFailed && begun.yes) return result;
    throw link.lost.aborted ? lostFailure(link.address, '') : connectFailure(link.address, result.stderr);
  } finally {
    release();
  }
}

async function* behind(
  preface: string,
  input: AsyncIterable<Uint8Array> | undefined,
): AsyncGenerator<Uint8Array> {
  if (preface !== '') yield Buffer.from(preface);
  if (input !== undefined) yield* input;
}

/** What comes after the line with the mark: before it is what a profile wrote. */
async function* afterMark(
  bytes: AsyncIterable<Uint8Array>,
  mark: string,
  begun: { yes: boolean },
): AsyncGenerator<Uint8Array> {
  let before = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (begun.yes) {
      yield chunk;
      continue;
    }
    before = Buffer.concat([before, chunk]);
    const at = before.indexOf(`${mark}\n`);
    if (at === -1) continue;
    begun.yes = true;
    const rest = before.subarray(at + mark.length + 1);
    if (rest.length > 0) yield rest;
  }
}
