import type { NamedImage } from '../../core/model/image-reference.ts';
import { type CredentialFile, dockerServer } from './credential-file.ts';
import { type FoundCredentials, registryCredentials } from './credentials.ts';
import { statusOf } from './docker-connection.ts';
import type { DockerConnection } from './docker-connection.ts';
import { registryRefusal } from './docker-pull.ts';
import { engineName } from './image-names.ts';
import type { InvokingUser } from './invoking-user.ts';
import { object, string } from './json.ts';
import { RegistryAuth } from './registry-auth.ts';

/** GET /distribution/NAME/json: the digest that the registry has under the name, by the daemon and its proxies. */
export async function dockerPublished(
  connection: DockerConnection,
  image: NamedImage,
  user: InvokingUser,
  store: () => Promise<CredentialFile | null>,
): Promise<readonly string[]> {
  const what = 'ask the registry for';
  const found = await registryCredentials(image, user, store);
  const answer = await connection.ask(`${what} ${engineName(image)}`, async (docker) => {
    try {
      return await docker.getImage(engineName(image)).distribution(authorization(image, found));
    } catch (error) {
      throw statusOf(error) === null ? error : registryRefusal(error, { image, user, found, what });
    }
  });
  return [string(object(object(answer)['Descriptor'])['digest'])].filter((digest) => digest !== '');
}

function authorization(image: NamedImage, found: FoundCredentials | null): { authconfig?: { key: string } } {
  if (found === null) return {};
  // It becomes text only as node writes the header.
  const auth: unknown = new RegistryAuth(found.credentials, dockerServer(image));
  return { authconfig: { key: auth as string } };
}
