import type { NamedImage } from '../../core/model/image-reference.ts';
import { FailureError } from '../../errors/failure.ts';
import type { PullOptions } from '../../ports/engine.ts';
import type { Files } from '../../ports/files.ts';
import { brokenCredentialFile, whoseCredentials } from './credential-failure.ts';
import { engineInterrupted, isAborted } from './engine-failure.ts';
import { authFileFor } from './host-store.ts';
import { engineName } from './image-names.ts';
import type { InvokingUser } from './invoking-user.ts';
import type { PodmanCommand } from './podman-command.ts';
import { podmanProgress } from './podman-progress.ts';
import { pullFailure } from './pull-error.ts';
import { scrub } from './scrub.ts';

/**
 * `podman pull`, which finds the invoking user's credentials by itself, else with those of the host. Fails with the PULL_ and IMAGE_ codes,
 * CREDENTIALS, DISK_FULL or INTERRUPTED.
 */
export async function podmanPull(
  podman: PodmanCommand,
  image: NamedImage,
  options: PullOptions,
  files: Pick<Files, 'read'>,
): Promise<void> {
  const { signal, onProgress } = options;
  const what = `pull ${image.domain}/${image.path}`;
  if (isAborted(signal)) throw engineInterrupted(what);
  const authFile = await authFileFor(image, podman.user, files);
  const flags = authFile === null ? [] : ['--authfile', authFile];
  const outcome = await podman
    .run(what, ['pull', ...flags, engineName(image)], {
      timeoutMs: null,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onStderr: podmanProgress(onProgress) }),
    })
    .catch((error: unknown) => {
      if (isAborted(signal)) throw engineInterrupted(what);
      throw error;
    });
  if (outcome.status !== 0) throw registryRefusal(outcome.stderr, { image, user: podman.user, authFile });
}

interface Asked {
  readonly image: NamedImage;
  readonly user: InvokingUser;
  readonly authFile: string | null;
  /** Absent: pull. */
  readonly what?: string;
}

/** What Podman tells of a registry that refuses, without what it quotes of files. */
export function registryRefusal(stderr: string, { image, user, authFile, what }: Asked): FailureError {
  const words = scrub(lastError(stderr), []);
  const broken = brokenCredentials(words);
  if (broken !== null) return brokenCredentialFile(broken.path, broken.why, user);
  return new FailureError(
    pullFailure({
      engine: 'podman',
      image,
      words,
      status: null,
      credentialsFrom: authFile,
      loginNote: whoseCredentials(user),
      ...(what === undefined ? {} : { what }),
    }),
  );
}

/** Podman tries again by itself and warns of each try; only the last word counts. */
function lastError(stderr: string): string {
  const at = stderr.lastIndexOf('Error: ');
  return at === -1 ? stderr : stderr.slice(at);
}

/** Podman quotes the file's content in some of these, so nothing of its text is passed on but the path. */
function brokenCredentials(words: string): { path: string; why: string } | null {
  const file =
    /unmarshal\w* JSON at "([^"]+)"|reading JSON file "([^"]+)"|credential file is not accessible: \w+ ([^:\s]+)/.exec(
      words,
    );
  if (file !== null) return { path: file[1] ?? file[2] ?? file[3] ?? '', why: 'Podman cannot read it' };
  const helper = /docker-credential-[\w.-]+/.exec(words)?.[0];
  if (helper !== undefined) return { path: helper, why: 'the credential helper is absent or failed' };
  return null;
}
