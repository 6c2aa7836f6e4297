import type { Environment } from '../core/model/container.ts';
import { canonicalJson } from '../core/model/hash.ts';
import { keyedHash } from '../core/model/keyed-hash.ts';
import { paths } from '../core/model/paths.ts';
import { environmentFiles } from '../core/render/environment-file.ts';
import type { Files } from '../ports/files.ts';

const secret = 0o600;

/** Names the environment without telling anything about it: an HMAC under the host's own key. Null when it is empty. */
export function environmentHash(key: Uint8Array, environment: Environment): string | null {
  return Object.keys(environment).length === 0 ? null : keyedHash(key, canonicalJson(environment));
}

/**
 * Writes what the units name: `H` (EnvironmentFile=), `H.raw` (--env-file), and last `H.json`, the values as gear reads
 * them back: its presence says that all of them are whole.
 */
export async function writeEnvironment(files: Files, hash: string, environment: Environment): Promise<void> {
  const base = `${paths.files}/${hash}`;
  const { inherited, raw } = environmentFiles(environment);
  const written = await Promise.allSettled([
    files.write(base, inherited, secret),
    raw === null ? undefined : files.write(`${base}.raw`, raw, secret),
  ]);
  // Both have ended before one failure is told, so that nothing is written any more when the lock is given back.
  const failed = written.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  await files.write(`${base}.json`, canonicalJson(environment), secret);
}

/** The values of an environment, for what is changed or created again; null when the file is not there, or is damaged. */
export async function readEnvironment(files: Files, hash: string): Promise<Environment | null> {
  const content = await files.read(`${paths.files}/${hash}.json`);
  return content === null ? null : parseEnvironment(new TextDecoder().decode(content));
}

function parseEnvironment(text: string): Environment | null {
  try {
    const value = JSON.parse(text) as Environment | null;
    return value !== null && Object.values(value).every((each) => typeof each === 'string') ? value : null;
  } catch {
    // Whoever finds null says so; the text may hold secrets, and is not shown.
    return null;
  }
}

/** Erases all files of an environment. */
export async function eraseEnvironment(files: Files, hash: string): Promise<void> {
  for (const suffix of ['.json', '.raw', '']) await files.remove(`${paths.files}/${hash}${suffix}`);
}
