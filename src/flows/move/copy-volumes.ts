import type { MoveNote } from '../../core/model/move-note.ts';
import type { Between } from './between.ts';
import { copyTree } from './copy-tree.ts';
import { guardOf } from './hand-over.ts';
import type { MovingVolume } from './volumes.ts';

/** Copies what differs of the volumes, one after the other. Returns how many bytes the sent files had. */
export async function copyVolumes(
  { from, to }: Between,
  note: MoveNote,
  volumes: readonly MovingVolume[],
  { live }: { readonly live: boolean },
): Promise<number> {
  let all = 0;
  for (const { name, source, target } of volumes) {
    const startMs = to.clock.passedMs();
    const bytes = await copyTree({
      from: from.host,
      to: to.host,
      source,
      target,
      guard: guardOf(note),
      sinceS: note.sinceS,
      live,
      signal: to.signal,
      onProgress: (currentBytes, totalBytes) => {
        to.emit({ type: 'copy', volume: name, currentBytes, totalBytes });
      },
    });
    to.emit({ type: 'copied', volume: name, bytes, live, elapsedMs: to.clock.passedMs() - startMs });
    all += bytes;
  }
  return all;
}
