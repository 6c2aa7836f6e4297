import { join } from 'node:path';
import type { NamedImage } from '../../core/model/image-reference.ts';
import { helperFor, readCredentialFile, storedCredentials } from './credential-file.ts';
import type { CredentialFile, RegistryCredentials } from './credential-file.ts';
import { brokenCredentialFile } from './credential-failure.ts';
import { helperCredentials } from './credential-helper.ts';
import type { InvokingUser } from './invoking-user.ts';

/** Credentials and the file that led to them. */
export interface FoundCredentials {
  readonly credentials: RegistryCredentials;
  readonly source: string;
}

/**
 * The credentials of the user for the image's registry, as the Docker CLI finds them ($DOCKER_CONFIG or ~/.docker:
 * credHelpers, else credsStore, else auths), then as Podman does (REGISTRY_AUTH_FILE or auth.json of the run-time
 * folder), then what the host itself has stored. Null when there are none: the pull is then anonymous. FailureError CREDENTIALS.
 */
export async function registryCredentials(
  image: NamedImage,
  user: InvokingUser,
  store: () => Promise<CredentialFile | null> = () => Promise.resolve(null),
): Promise<FoundCredentials | null> {
  for (const { path, kind, required } of credentialPaths(user)) {
    const file = await readCredentialFile(path, kind, user);
    if (file === null && required)
      throw brokenCredentialFile(path, 'REGISTRY_AUTH_FILE names it, and it does not exist', user);
    const credentials = file === null ? null : await credentialsIn(file, image, user);
    if (credentials !== null) return { credentials, source: path };
  }
  const file = await store();
  const credentials = file === null ? null : storedCredentials(file, image, user);
  return file === null || credentials === null ? null : { credentials, source: file.path };
}

async function credentialsIn(
  file: CredentialFile,
  image: NamedImage,
  user: InvokingUser,
): Promise<RegistryCredentials | null> {
  const helper = helperFor(file, image);
  if (helper !== null) return helperCredentials(helper.helper, helper.server, file.path, user);
  return storedCredentials(file, image, user);
}

/** Where a user's own credentials are, those of Docker first. */
export function credentialPaths(
  user: InvokingUser,
): readonly { path: string; kind: CredentialFile['kind']; required: boolean }[] {
  const { DOCKER_CONFIG: folder, REGISTRY_AUTH_FILE: file, XDG_RUNTIME_DIR: runtime } = user.environment;
  const dockerFolder = nonEmpty(folder) ?? join(user.home, '.docker');
  // Without a session, as for root in cron, Podman keeps it in /run/containers/<uid>.
  const session = nonEmpty(runtime);
  const containersFolder =
    session === null ? `/run/containers/${String(user.uid)}` : join(session, 'containers');
  const named = nonEmpty(file);
  return [
    { path: join(dockerFolder, 'config.json'), kind: 'docker', required: false },
    { path: named ?? join(containersFolder, 'auth.json'), kind: 'containers', required: named !== null },
  ];
}

function nonEmpty(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
