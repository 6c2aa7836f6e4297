import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Searched after PATH: sudo, cron and systemd each cut PATH in their own way. */
const usualFolders = ['/usr/bin', '/usr/local/bin'] as const;

/** Absolute path of a command, as the first executable of that name on PATH and then in the usual folders; null when there is none. */
export async function findCommand(name: string, path: string | undefined): Promise<string | null> {
  // A relative entry means another file in every folder, so it is not followed.
  const folders = [...(path ?? '').split(':').filter((folder) => isAbsolute(folder)), ...usualFolders];
  for (const folder of new Set(folders)) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
