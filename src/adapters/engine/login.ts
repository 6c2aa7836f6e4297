import { randomBytes } from 'node:crypto';
import type { EngineKind } from '../../core/model/container.ts';
import type { NamedImage } from '../../core/model/image-reference.ts';
import { paths } from '../../core/model/paths.ts';
import type { Login } from '../../core/model/registry.ts';
import { FailureError } from '../../errors/failure.ts';
import type { DockerConnection } from './docker-connection.ts';
import { dockerFailure, statusOf, wordsOf } from './docker-connection.ts';
import { dockerServer } from './credential-file.ts';
import { object, string } from './json.ts';
import type { PodmanCommand } from './podman-command.ts';
import { loginFailure } from './pull-error.ts';
import { scrub } from './scrub.ts';

/** dockerd asks the registry: POST /auth. Returns the token that it gave, or ''. FailureError PULL_…. */
export async function dockerLogin(
  connection: DockerConnection,
  registry: string,
  { username, password }: Login,
): Promise<string> {
  const docker = await connection.streams();
  try {
    const serveraddress = dockerServer(imageOf(registry));
    const answer: unknown = await docker.checkAuth({ username, password, serveraddress });
    return string(object(answer)['IdentityToken']);
  } catch (error) {
    if (statusOf(error) === null) throw dockerFailure(error, `log in to ${registry}`, connection.socketPath);
    throw refused('docker', registry, scrub(wordsOf(error), [password]), statusOf(error));
  }
}

/** `podman login`, into a file of its own that goes at once. The password goes by stdin. FailureError PULL_…. */
export async function podmanLogin(
  podman: PodmanCommand,
  registry: string,
  { username, password }: Login,
): Promise<string> {
  const folder = `${paths.notes}-login-${randomBytes(8).toString('hex')}`;
  const what = `log in to ${registry}`;
  try {
    const args = ['login', '--authfile', `${folder}/auth.json`, `--username=${username}`, '--password-stdin'];
    const outcome = await podman.run(what, [...args, registry], { input: password });
    if (outcome.status === 0) return '';
    throw refused('podman', registry, scrub(outcome.stderr, [password]), null);
  } finally {
    await podman.clear(folder);
  }
}

function refused(engine: EngineKind, registry: string, words: string, status: number | null): FailureError {
  return new FailureError(
    loginFailure({ engine, image: imageOf(registry), words, status, credentialsFrom: null, loginNote: '' }),
  );
}

function imageOf(domain: string): NamedImage {
  return { kind: 'name', domain, path: '', tag: null, digest: null, short: false };
}
