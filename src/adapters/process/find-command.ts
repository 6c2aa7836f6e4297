import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Searched after PATH: sudo, cron and systemd each cut PATH in their own way. */
const usualFolders = ['/usr/bin', '/usr/local/bin'] as const;

/**
 * Absolute path of a command, as the first executable of that name on PATH and then in the usual folders; null when there
 * is none. Synchronous: each folder through the thread pool waits for whatever else the process does.
 */
export function findCommand(name: string, path: string | undefined): string | null {
  // A relative entry means another file in every folder, so it is not followed.
  const folders = [...(path ?? '').split(':').filter((folder) => isAbsolute(folder)), ...usualFolders];
  for (const folder of new Set(folders)) {
    const candidate = join(folder, name);
    if (isExecutable(candidate)) return candidate;
  }
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
