import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { EngineKind } from '../../core/model/container.ts';
import type { FailureError } from '../../errors/failure.ts';
import { engineRefused } from '../engine/engine-failure.ts';
import { streamCommand, type StreamEnd } from '../process/stream-command.ts';
import { behindLine } from '../systemd/bridge.ts';
import { lostFailure } from './failure.ts';
import type { HostLink } from './link.ts';
import { surroundings } from './run.ts';

/** Compressed on the way; its status is that of what is compressed. */
const script =
  'exec 4>&1; status=$({ { "$@" 3>&- 4>&-; echo "$?" >&3; } | gzip -1 >&4; } 3>&1); exit "$status"';

const saving: Readonly<Record<EngineKind, readonly string[]>> = {
  docker: ['save'],
  podman: ['save', '--quiet', '--format', 'docker-archive'],
};

/** An image of a host's engine as an archive, in a session of its own, as the port Engine promises. */
export async function* saveRemote(
  link: HostLink,
  { kind, command }: { readonly kind: EngineKind; readonly command: string },
  imageId: string,
): AsyncGenerator<Uint8Array> {
  const release = await link.slots.take();
  try {
    const line = await link.line(['/bin/sh', '-c', script, 'sh', command, ...saving[kind], imageId]);
    const judge = ({ status, stderr }: StreamEnd): void => {
      if (link.lost.aborted) throw link.lost.reason as FailureError;
      if (status === 255 || status === null) throw lostFailure(link.address, stderr.trim());
      if (status !== 0) throw engineRefused(kind, `save the image ${imageId}`, stderr);
    };
    const compressed = streamCommand(line.argv, surroundings(), judge, line.preface);
    const gunzip = createGunzip();
    const unpacking = pipeline(Readable.from(behindMark(compressed, line.mark)), gunzip);
    // The same failure ends the iteration below.
    unpacking.catch(() => undefined);
    yield* gunzip as AsyncIterable<Uint8Array>;
    await unpacking;
  } finally {
    release();
  }
}

async function* behindMark(pieces: AsyncIterable<Uint8Array>, mark: string): AsyncGenerator<Uint8Array> {
  const wanted = behindLine(mark);
  for await (const piece of pieces) {
    const bytes = wanted(Buffer.from(piece));
    if (bytes.length > 0) yield bytes;
  }
}
