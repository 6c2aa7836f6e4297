import type { Files } from '../ports/files.ts';

/** Removes a drop-in of gear's, and its folder unless somebody else has something there (systemctl edit). */
export async function removeDropIn(files: Files, path: string): Promise<void> {
  const folder = path.slice(0, path.lastIndexOf('/'));
  await files.remove(path);
  if ((await files.list(folder)).length === 0) await files.removeFolder(folder);
}
