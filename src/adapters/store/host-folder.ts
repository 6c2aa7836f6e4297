import { homedir } from 'node:os';
import path from 'node:path';
import { sha256Hex } from '../../core/model/sha256.ts';

/** Where the operator's gear keeps state (XDG Base Directory Specification). */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const folder = environment['XDG_STATE_HOME'] ?? '';
  return path.join(path.isAbsolute(folder) ? folder : path.join(homedir(), '.local', 'state'), 'gear');
}

/** A file's name has 255 bytes. */
const longestName = 200;

/** The folder's name for a host as it was written. What is no file's name, such as an IPv6 address, is encoded. */
export function folderOf(host: string): string {
  const name = encodeURIComponent(host).replace(/^\./, '%2E');
  return name.length <= longestName ? name : sha256Hex(host);
}

/** The host of a folder's name; null for what gear did not name. */
export function hostOf(folder: string): string | null {
  try {
    const host = decodeURIComponent(folder);
    return folderOf(host) === folder ? host : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
