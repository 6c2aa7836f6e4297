import { paths } from '../core/model/paths.ts';
import type { Files } from '../ports/files.ts';
import type { Claim } from './machine/state.ts';

const schema = 1;

/** The apps that an earlier run took care of, of these folders alone: others are not its to remove. */
export async function readClaims(files: Files, folders: readonly string[]): Promise<readonly Claim[]> {
  const content = await files.read(paths.watchClaims);
  if (content === null) return [];
  const known = parse(new TextDecoder().decode(content));
  return known.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)));
}

/** Notes which apps this run takes care of; before anything is done for them, so that none is ever forgotten. */
export async function writeClaims(files: Files, claims: readonly Claim[]): Promise<void> {
  await files.write(paths.watchClaims, `${JSON.stringify({ schema, apps: claims }, null, 1)}\n`, 0o600);
}

/** A damaged note is none: then only what is described now is taken care of, and nothing is removed by mistake. */
function parse(text: string): readonly Claim[] {
  try {
    const value = JSON.parse(text) as { readonly apps?: unknown } | null;
    const apps = value?.apps;
    return Array.isArray(apps) ? apps.filter(isClaim) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isClaim(value: unknown): value is Claim {
  const { app, source } = (value ?? {}) as Partial<Record<keyof Claim, unknown>>;
  return typeof app === 'string' && typeof source === 'string';
}
