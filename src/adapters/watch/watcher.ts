import { type FSWatcher as FolderWatcher, watch as watchFolder } from 'node:fs';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Watcher, WatcherListener } from '../../ports/watcher.ts';
import { errnoOf } from '../files/refusal.ts';
import type { Stats } from 'node:fs';
import { identityOf, isIgnored } from './tree.ts';

/** How often is told to look where the kernel does not tell. */
const pollMs = 1_000;

/**
 * A watcher on inotify, by chokidar. Every blind spot of it only delays: a folder that was replaced is noticed by the
 * folder above it, and `follow` then listens anew. Where the limits of inotify are reached (fs.inotify.max_user_watches,
 * max_user_instances), it tells every second instead.
 */
export function createWatcher(listener: WatcherListener): Watcher {
  let known = '';
  let inner: FSWatcher | undefined;
  let above: readonly FolderWatcher[] = [];
  let polling: NodeJS.Timeout | undefined;
  let closed = false;

  function troubled(error: unknown): void {
    const errno = errnoOf(error);
    // A folder that vanishes while it is being listened to: whoever looks next sees that.
    if (errno !== 'ENOSPC' && errno !== 'EMFILE') {
      listener.heard();
      return;
    }
    if (polling !== undefined) return;
    polling = setInterval(listener.heard, pollMs);
    listener.troubled(
      'the limits of inotify are reached, so files are looked at every second: raise fs.inotify.max_user_watches and fs.inotify.max_user_instances',
    );
  }

  /** A folder may be another one by now, whatever it looks like: what is listened to is listened to anew. */
  function replaced(): void {
    known = '';
    listener.heard();
  }

  async function listen(folders: readonly string[], files: readonly string[]): Promise<void> {
    await silence();
    above = [...new Set(folders.map((folder) => path.dirname(folder)))].flatMap((parent) => {
      const names = new Set(
        folders.filter((each) => path.dirname(each) === parent).map((each) => path.basename(each)),
      );
      return listenAbove(parent, names);
    });
    const named = new Set(files);
    const started = watch([...folders, ...files], {
      ignoreInitial: true,
      ignorePermissionErrors: true,
      depth: 4,
      // A folder tells of its files; to listen to each of ten thousand as well takes a second.
      ignored: (file: string, stats?: Stats) =>
        isIgnored(file) || (stats?.isFile() === true && !named.has(file)),
    });
    inner = started;
    started.on('error', troubled).on('all', (event) => {
      if (event === 'unlinkDir') replaced();
      // Of a change the kernel has told already, and sooner; of what is in a new folder it has not.
      else if (event !== 'change') listener.heard();
    });
    // The kernel's own words: chokidar keeps a second change within 50 ms to itself, and what a link's target does.
    started.on('raw', listener.heard);
    await new Promise<void>((resolve) => started.once('ready', resolve));
    if (closed) await silence();
  }

  /** What replaces a whole folder is seen in the folder above it only. */
  function listenAbove(parent: string, names: ReadonlySet<string>): readonly FolderWatcher[] {
    try {
      const watcher = watchFolder(parent, (_event, name) => {
        if (name === null || names.has(name)) replaced();
      });
      watcher.on('error', troubled);
      return [watcher];
    } catch (error) {
      // One that is not there has nothing to hear; whoever looks now and then finds it when it comes.
      if (errnoOf(error) !== 'ENOENT') troubled(error);
      return [];
    }
  }

  async function silence(): Promise<void> {
    for (const watcher of above) watcher.close();
    above = [];
    await inner?.close();
    inner = undefined;
  }

  return {
    async follow(folders, files) {
      if (closed || polling !== undefined) return;
      const now = [...folders.map(identityOf), ...files].join('\n');
      if (now === known) return;
      known = now;
      await listen(folders, files);
      // What happened between the look and the listening is looked for once more.
      listener.heard();
    },
    async close() {
      closed = true;
      clearInterval(polling);
      await silence();
    },
  };
}
