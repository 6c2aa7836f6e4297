import type { NamedImage } from '../../core/model/image-reference.ts';
import { paths } from '../../core/model/paths.ts';
import { FailureError } from '../../errors/failure.ts';
import type { Files } from '../../ports/files.ts';
import { type CredentialFile, helperFor, storedCredentials } from './credential-file.ts';
import { credentialPaths } from './credentials.ts';
import type { InvokingUser } from './invoking-user.ts';
import { object, parseJson } from './json.ts';

/** What `gear registry login` stored on the host; null where nothing is, or where this user may not read it. */
export async function hostStore(files: Pick<Files, 'read'>): Promise<CredentialFile | null> {
  return readFrom(files, paths.registries, 'containers');
}

/**
 * The path for `podman pull --authfile`: the store of the host, where it has credentials for the image and the user has
 * none. Null: Podman finds for itself what there is.
 */
export async function authFileFor(
  image: NamedImage,
  user: InvokingUser,
  files: Pick<Files, 'read'>,
): Promise<string | null> {
  const store = await hostStore(files);
  if (store === null || storedCredentials(store, image, user) === null) return null;
  for (const { path, kind } of credentialPaths(user)) {
    const file = await readFrom(files, path, kind);
    if (file === null) continue;
    if (helperFor(file, image) !== null || storedCredentials(file, image, user) !== null) return null;
  }
  return store.path;
}

async function readFrom(
  files: Pick<Files, 'read'>,
  path: string,
  kind: CredentialFile['kind'],
): Promise<CredentialFile | null> {
  try {
    const bytes = await files.read(path);
    if (bytes === null) return null;
    return { path, kind, content: object(parseJson(new TextDecoder().decode(bytes))) };
  } catch (error) {
    // Who may not read it pulls as before; the registry decides.
    if (error instanceof FailureError) return null;
    throw error;
  }
}
