import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../../errors/failure.ts';
import { engineInterrupted } from '../engine/engine-failure.ts';
import { type Arrival, damaged } from '../files/receive.ts';
import { lostFailure } from './failure.ts';
import { remoteRefusal } from './file-failure.ts';
import type { HostLink } from './link.ts';

const complaintsKept = 4000;
/** What the script ends with for another digest; other commands' statuses are 1 or 2. */
const otherDigest = 66;

/**
 * The digest is taken of what lies in the file: tee(1) would pass on what a full disk did not take. The part is this shell's
 * own: one that outlived its connection may still be writing, and is left to fail without its own.
 */
const script = `part=$1.$$.part
rm -f -- "$1".*.part && mkdir -p -m 700 -- "\${1%/*}" && umask 077 && gzip -dc >"$part" && sync -- "$part" || { rm -f -- "$part"; exit 1; }
sum=$(sha256sum <"$part") || { rm -f -- "$part"; exit 1; }
[ "\${sum%% *}" = "$2" ] || { rm -f -- "$part"; exit ${String(otherDigest)}; }
mv -fT -- "$part" "$1" && sync -- "\${1%/*}" || { rm -f -- "$part"; exit 1; }`;

/** Writes one file of a host of what comes compressed, in a session of its own, as the port Files promises. */
export async function receiveRemote(link: HostLink, arrival: Arrival): Promise<void> {
  const release = await link.slots.take();
  try {
    await receive(link, arrival);
  } finally {
    release();
  }
}

async function receive(link: HostLink, { path, gzipped, digest, signal }: Arrival): Promise<void> {
  const hex = digest.replace('sha256:', '');
  const line = await link.line(['/bin/sh', '-c', script, 'sh', path, hex]);
  if (signal?.aborted) throw engineInterrupted('send the image');
  const child = link.start(line);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-complaintsKept);
  });
  child.stdout.resume();
  const closed = once(child, 'close');
  const interrupt = (): void => {
    child.kill();
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const sent = await pipeline(Readable.from(gzipped), child.stdin).then(
      () => null,
      (error: unknown) => error,
    );
    // A reader that ends early says why; that its pipe broke says nothing.
    if (sent !== null) child.stdin.destroy();
    const [status] = (await closed) as [number | null];
    if (sent instanceof FailureError) throw sent;
    if (signal?.aborted === true) throw engineInterrupted('send the image');
    if (link.lost.aborted) throw link.lost.reason as FailureError;
    if (status === 255 || status === null) throw lostFailure(link.address, complaints.trim());
    if (status === otherDigest) throw damaged(path, digest);
    if (status !== 0) {
      const { facts } = await link.greeting();
      throw remoteRefusal(complaints, 'write', path, facts.uid);
    }
    if (sent !== null) throw sent as Error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
