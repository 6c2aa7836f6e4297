import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * fsync(2). It waits for the disk, so it goes through the thread pool, where several share one commit of the journal;
 * what else is done with a small file takes longer to hand over to another thread than to do.
 */
export const syncDescriptor = promisify(fsync);

/** Makes the entries of a folder durable: after a rename or link, fsync(2) of the file alone does not. */
export async function syncFolder(path: string): Promise<void> {
  const descriptor = openSync(path, 'r');
  try {
    await syncDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes a syncer of folders that shares calls: whoever asks while one fsync of a folder runs waits for the next, which
 * serves all who asked meanwhile. Twenty links written at once cost two.
 */
export function createFolderSync(sync: (path: string) => Promise<void> = syncFolder): typeof syncFolder {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();

  function start(path: string): Promise<void> {
    const work = sync(path).finally(() => {
      if (running.get(path) === work) running.delete(path);
    });
    running.set(path, work);
    return work;
  }

  return (path) => {
    const current = running.get(path);
    if (!current) return start(path);
    const queued = waiting.get(path);
    if (queued) return queued;
    const next = current
      .catch(() => undefined) // Its own callers are told.
      .then(() => {
        waiting.delete(path);
        return start(path);
      });
    waiting.set(path, next);
    return next;
  };
}
