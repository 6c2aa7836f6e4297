import type { EngineKind } from '../../core/model/container.ts';
import { FailureError } from '../../errors/failure.ts';
import type { Engine } from '../../ports/engine.ts';
import { createLocalFiles } from '../files/local.ts';
import { withAdopted } from './adopted.ts';
import { exists } from './docker-socket.ts';
import { engineAbsent } from './engine-failure.ts';
import { findCommand } from './find-command.ts';
import { invokingUser } from './invoking-user.ts';

/** The engines that gear drives without root: Podman, which needs no daemon. */
export async function detectRootless(): Promise<readonly EngineKind[]> {
  return (await findCommand('podman', process.env['PATH'])) === null ? [] : ['podman'];
}

/** The Podman of this user, with that run-time folder. FailureError ENGINE_ABSENT, for Docker always. */
export async function connectRootless(kind: EngineKind, runtime: string): Promise<Engine> {
  if (kind === 'docker') throw await dockerRefused(`${runtime}/docker.sock`);
  const user = invokingUser();
  const command = await findCommand('podman', user.environment['PATH']);
  if (command === null) throw engineAbsent('podman');
  const files = createLocalFiles();
  const { podmanEngine } = await import('./podman.ts');
  // Who came by su(1) has none in the environment.
  const environment = { ...user.environment, XDG_RUNTIME_DIR: runtime };
  return withAdopted(podmanEngine({ command, user: { ...user, environment }, files }), files);
}

async function dockerRefused(socket: string): Promise<FailureError> {
  const there = (await exists(socket)) ? `rootless Docker listens at ${socket}, but` : 'without root,';
  return new FailureError({
    code: 'ENGINE_ABSENT',
    message: `${there} gear --user drives Podman alone`,
    next: 'leave --engine docker out, with podman installed: apt install podman uidmap passt',
    subject: 'docker',
  });
}
