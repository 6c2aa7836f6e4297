import type { EngineKind } from '../../core/model/container.ts';
import { paths } from '../../core/model/paths.ts';
import { FailureError } from '../../errors/failure.ts';
import type { Engine } from '../../ports/engine.ts';
import { createLocalFiles } from '../files/local.ts';
import { withAdopted } from './adopted.ts';
import { exists } from './docker-socket.ts';
import { engineAbsent } from './engine-failure.ts';
import { findCommand } from '../process/find-command.ts';
import { invokingUser } from './invoking-user.ts';

/** The engines that gear drives without root: Podman, which needs no daemon, before a Docker of the user's systemd. */
export async function detectRootless(): Promise<readonly EngineKind[]> {
  const { PATH } = process.env;
  const podman = findCommand('podman', PATH);
  const docker = findCommand('docker', PATH);
  const isService = await dockerIsService();
  return [
    ...(podman === null ? [] : ['podman' as const]),
    ...(docker === null || !isService ? [] : ['docker' as const]),
  ];
}

/** The engine of this user, with that run-time folder. FailureError ENGINE_ABSENT. */
export async function connectRootless(kind: EngineKind, runtime: string): Promise<Engine> {
  const user = invokingUser();
  const command = findCommand(kind, user.environment['PATH']);
  if (kind === 'docker' && !(await dockerIsService())) throw await dockerAbsent();
  if (command === null) throw engineAbsent(kind);
  const files = createLocalFiles();
  // Who came by su(1) has none in the environment.
  const environment = { ...user.environment, XDG_RUNTIME_DIR: runtime };
  const options = { command, user: { ...user, environment }, files };
  if (kind === 'podman') return withAdopted((await import('./podman.ts')).podmanEngine(options), files);
  const { dockerEngine } = await import('./docker.ts');
  return withAdopted(dockerEngine({ ...options, socketPath: paths.dockerSocket }), files);
}

/** Whether the user's systemd starts a dockerd: containers' units depend on it. */
async function dockerIsService(): Promise<boolean> {
  const folders = [paths.units, '/etc/systemd/user', '/usr/local/lib/systemd/user', '/usr/lib/systemd/user'];
  const found = await Promise.all(folders.map((folder) => exists(`${folder}/docker.service`)));
  return found.includes(true);
}

async function dockerAbsent(): Promise<FailureError> {
  const there = (await exists(paths.dockerSocket))
    ? `rootless Docker listens at ${paths.dockerSocket}, but your systemd has no docker.service that starts it`
    : 'your systemd has no docker.service, which would be a rootless Docker';
  return new FailureError({
    code: 'ENGINE_ABSENT',
    message: there,
    next: 'dockerd-rootless-setuptool.sh install; or leave --engine docker out, with podman installed',
    subject: 'docker',
  });
}
