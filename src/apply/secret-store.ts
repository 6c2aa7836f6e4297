import { paths } from '../core/model/paths.ts';
import type { SecretRecord } from '../core/model/secret.ts';
import type { Files } from '../ports/files.ts';

const rootOnly = 0o600;
const folderOfRoot = 0o700;

/** Writes a value as it is stored, and then the record that names it: the secret has the old value or the new one. */
export async function writeSecret(
  files: Files,
  name: string,
  record: SecretRecord,
  stored: Uint8Array,
): Promise<void> {
  await files.write(storedPath(record.hash), stored, rootOnly);
  await files.write(recordPath(name), `${JSON.stringify(record)}\n`, rootOnly, folderOfRoot);
}

/** Takes the secret away; its value stays for the generations that need it. */
export function removeSecretRecord(files: Files, name: string): Promise<void> {
  return files.remove(recordPath(name));
}

/** A value as it is stored; null when it is not there. */
export function readStoredSecret(files: Files, hash: string): Promise<Uint8Array | null> {
  return files.read(storedPath(hash));
}

/** Erases a value. */
export function eraseStoredSecret(files: Files, hash: string): Promise<void> {
  return files.remove(storedPath(hash));
}

function storedPath(hash: string): string {
  return `${paths.files}/${hash}.secret`;
}

function recordPath(name: string): string {
  return `${paths.secrets}/${name}.json`;
}
