import path from 'node:path';
import type { WatchService } from '../../core/render/watch-service.ts';
import { parseGitSource } from '../../core/model/git-source.ts';
import { FailureError } from '../../errors/failure.ts';

/** The folders that a command line names. FailureError USAGE where it names none, and no repository. */
export function watchedFolders(words: readonly string[], git: string | undefined): readonly string[] {
  if (git !== undefined) {
    const source = parseGitSource(git);
    if (!source.ok) throw new FailureError(...source.failures);
  }
  if (words.length > 0 || git !== undefined) return words;
  throw new FailureError({
    code: 'USAGE',
    message: 'the folder is missing',
    next: 'gear watch /etc/apps',
  });
}

/** The service that watches the same, as this very gear would. */
export function watchService(folders: readonly string[], line: readonly string[]): WatchService {
  const flags = line.filter((word) => word !== '--install' && word !== '--json' && !folders.includes(word));
  const script = process.argv[1];
  if (script === undefined) throw new Error('a command line has a script');
  return {
    program: [process.execPath, path.resolve(script)],
    words: [...folders.map((folder) => path.resolve(folder)), ...flags],
  };
}
