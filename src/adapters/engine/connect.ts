import type { EngineKind } from '../../core/model/container.ts';
import type { Engine } from '../../ports/engine.ts';
import { createLocalFiles } from '../files/local.ts';
import { withAdopted } from './adopted.ts';
import { dockerSocket, exists } from './docker-socket.ts';
import { engineAbsent } from './engine-failure.ts';
import { findCommand } from '../process/find-command.ts';
import { invokingUser } from './invoking-user.ts';

/** An engine whose command is on the host. `socketPath` is null for Podman, and for a Docker that has none now. */
export interface DetectedEngine {
  readonly kind: EngineKind;
  readonly command: string;
  readonly socketPath: string | null;
}

/**
 * The engines of this host, Docker first, without asking them anything. A docker command without a socket is only a
 * client of other machines, or a stopped dockerd, so it comes last.
 */
export async function detectEngines(): Promise<readonly DetectedEngine[]> {
  const { environment } = invokingUser();
  const docker = findCommand('docker', environment['PATH']);
  const podman = findCommand('podman', environment['PATH']);
  const socket = await dockerSocket(environment);
  const socketPath = (await exists(socket)) ? socket : null;
  const found: DetectedEngine[] = [];
  if (docker !== null) found.push({ kind: 'docker', command: docker, socketPath });
  if (podman !== null) found.push({ kind: 'podman', command: podman, socketPath: null });
  return docker !== null && socketPath === null ? found.reverse() : found;
}

/** The engine of this host; nothing is loaded or asked before the first call. FailureError ENGINE_ABSENT. */
export async function connectEngine(kind: EngineKind): Promise<Engine> {
  const user = invokingUser();
  const files = createLocalFiles();
  const command = findCommand(kind, user.environment['PATH']);
  if (command === null) throw engineAbsent(kind);
  if (kind === 'podman') {
    const { podmanEngine } = await import('./podman.ts');
    return withAdopted(podmanEngine({ command, user, files }), files);
  }
  const { dockerEngine } = await import('./docker.ts');
  return withAdopted(
    dockerEngine({ command, user, files, socketPath: await dockerSocket(user.environment) }),
    files,
  );
}
