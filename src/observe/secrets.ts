import { FailureError } from '../errors/failure.ts';
import { paths } from '../core/model/paths.ts';
import type { SecretRecord } from '../core/model/secret.ts';
import type { Files } from '../ports/files.ts';
import { listGenerations, readManifest } from './manifest.ts';

export interface NamedSecret {
  readonly name: string;
  readonly record: SecretRecord;
}

const suffix = '.json';

/** The secrets of the host, sorted by name. FailureError SECRET_UNREADABLE when one's record is damaged. */
export async function listSecrets(files: Files): Promise<readonly NamedSecret[]> {
  const names = await secretNames(files);
  const found = await Promise.all(
    names.map(async (name) => ({ name, record: await readRecord(files, name) })),
  );
  return found.flatMap(({ name, record }) => (record === null ? [] : [{ name, record }]));
}

/**
 * Hashes of the values that the host's secrets have now. FailureError SECRET_UNREADABLE: a record that cannot be read
 * would otherwise protect nothing.
 */
export async function observeStoredSecrets(files: Files): Promise<ReadonlySet<string>> {
  return new Set((await listSecrets(files)).map(({ record }) => record.hash));
}

/** The record of one secret, null where there is none, and for a suggestion the names that there are. */
export async function readSecretRecord(
  files: Files,
  name: string,
): Promise<{ readonly record: SecretRecord | null; readonly names: readonly string[] }> {
  return { record: await readRecord(files, name), names: await secretNames(files) };
}

/** Whether a value still belongs to a secret, or to a container of a kept generation, which may be gone back to. */
export async function isSecretNeeded(files: Files, hash: string): Promise<boolean> {
  if ((await observeStoredSecrets(files)).has(hash)) return true;
  const numbers = await listGenerations(files);
  const manifests = await Promise.all(numbers.map((number) => readManifest(files, number)));
  const instances = manifests.flatMap((manifest) => manifest?.instances ?? []);
  return instances.some(({ secrets = [] }) => secrets.some((secret) => secret.hash === hash));
}

async function secretNames(files: Files): Promise<readonly string[]> {
  const entries = await files.list(paths.secrets);
  return entries.flatMap(({ name }) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
}

async function readRecord(files: Files, name: string): Promise<SecretRecord | null> {
  const path = `${paths.secrets}/${name}${suffix}`;
  const content = await files.read(path);
  if (content === null) return null;
  const record = parse(new TextDecoder().decode(content));
  if (record !== null) return record;
  throw new FailureError({
    code: 'SECRET_UNREADABLE',
    message: `the record ${path} of the secret ${name} is damaged`,
    next: `rm ${path}, and set it again: gear secret set ${name} < FILE`,
    subject: name,
  });
}

function parse(text: string): SecretRecord | null {
  try {
    const { hash, encrypted, createdMs, by } = JSON.parse(text) as Partial<SecretRecord>;
    if (typeof hash !== 'string' || !/^[0-9a-f]+$/.test(hash) || typeof encrypted !== 'boolean') return null;
    return { hash, encrypted, createdMs: Number(createdMs), by: String(by) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
