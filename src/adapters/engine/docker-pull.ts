import type { NamedImage } from '../../core/model/image-reference.ts';
import { FailureError } from '../../errors/failure.ts';
import type { PullOptions, PullProgress } from '../../ports/engine.ts';
import { whoseCredentials } from './credential-failure.ts';
import { type CredentialFile, dockerServer } from './credential-file.ts';
import { type FoundCredentials, registryCredentials } from './credentials.ts';
import { dockerFailure, statusOf, wordsOf } from './docker-connection.ts';
import type { DockerConnection } from './docker-connection.ts';
import { engineInterrupted, isAborted } from './engine-failure.ts';
import type { InvokingUser } from './invoking-user.ts';
import { jsonLines } from './json-lines.ts';
import { object, string } from './json.ts';
import type { Json } from './json.ts';
import { pullFailure } from './pull-error.ts';
import { RegistryAuth } from './registry-auth.ts';
import type { RegistryCredentials } from './credential-file.ts';
import { scrub } from './scrub.ts';

/** What the engine refused in the middle of its answer, where the HTTP status already said 200. */
class RefusedInStream extends Error {}

/**
 * POST /images/create with the user's credentials, to its end. Fails with the PULL_ and IMAGE_ codes, CREDENTIALS,
 * DISK_FULL, ENGINE_DOWN, or INTERRUPTED; aborting the request makes dockerd give up the pull.
 */
export async function dockerPull(
  connection: DockerConnection,
  image: NamedImage,
  user: InvokingUser,
  options: PullOptions,
  store: () => Promise<CredentialFile | null>,
): Promise<void> {
  const { signal } = options;
  const what = `pull ${image.domain}/${image.path}`;
  if (isAborted(signal)) throw engineInterrupted(what);
  const found = await registryCredentials(image, user, store);
  const auth = found === null ? undefined : new RegistryAuth(found.credentials, dockerServer(image));
  const docker = await connection.streams();
  try {
    const request = {
      fromImage: `${image.domain}/${image.path}`,
      // Without a tag, dockerd fetches all of them. A digest goes where the tag would.
      tag: image.digest ?? image.tag ?? 'latest',
      ...(signal === undefined ? {} : { abortSignal: signal }),
    };
    const authorization = auth === undefined ? undefined : { key: auth };
    const stream = await docker.createImage(authorization, request);
    for await (const item of jsonLines(stream)) report(object(item), options);
  } catch (error) {
    if (isAborted(signal)) throw engineInterrupted(what);
    const refused = error instanceof RefusedInStream || statusOf(error) !== null;
    if (!refused) throw dockerFailure(error, what, connection.socketPath);
    throw registryRefusal(error, { image, user, found });
  }
}

interface Asked {
  readonly image: NamedImage;
  readonly user: InvokingUser;
  readonly found: FoundCredentials | null;
  /** Absent: pull. */
  readonly what?: string;
}

/** What dockerd tells of a registry that refuses, without secrets. */
export function registryRefusal(error: unknown, { image, user, found, what }: Asked): FailureError {
  return new FailureError(
    pullFailure({
      engine: 'docker',
      image,
      words: scrub(wordsOf(error), found === null ? [] : secretsOf(found.credentials)),
      status: statusOf(error),
      credentialsFrom: found?.source ?? null,
      loginNote: whoseCredentials(user),
      ...(what === undefined ? {} : { what }),
    }),
  );
}

function secretsOf({ username, password, identityToken }: RegistryCredentials): readonly string[] {
  return [password, identityToken, ...(password === '' ? [] : [`${username}:${password}`])];
}

function report(item: Json, options: PullOptions): void {
  const words = string(object(item['errorDetail'])['message']) || string(item['error']);
  if (words !== '' || item['error'] !== undefined) throw new RefusedInStream(words);
  const progress = progressOf(item);
  if (progress !== null) options.onProgress?.(progress);
}

function progressOf(item: Json): PullProgress | null {
  const phase = string(item['status']);
  if (phase === '') return null;
  const detail = object(item['progressDetail']);
  const current = detail['current'];
  const total = detail['total'];
  return {
    // 'Pulling from library/nginx' has the tag where layers have their ID.
    layer: phase.startsWith('Pulling from') ? '' : string(item['id']),
    phase,
    ...(typeof current === 'number' ? { currentBytes: current } : {}),
    ...(typeof total === 'number' && total > 0 ? { totalBytes: total } : {}),
  };
}
