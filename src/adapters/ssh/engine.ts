import type { EngineKind } from '../../core/model/container.ts';
import type { Engine } from '../../ports/engine.ts';
import { engineAbsent } from '../engine/engine-failure.ts';
import { invokingUser } from '../engine/invoking-user.ts';
import { streamAgent } from './agent.ts';
import { createRemoteFiles } from './files.ts';
import type { HostLink } from './link.ts';
import { createRemoteRun } from './run.ts';
import { saveRemote } from './save.ts';
import { openShared } from './session.ts';

/** For short requests and for streams, so many each: together with commands they must fit into the slots of the link. */
const connections = 2;

/**
 * The engine of a host by the same adapters as on this machine: Docker's API through `docker system dial-stdio`, Podman
 * by its command. Docker pulls with the credentials of whoever types gear, Podman with those of
 * root there; both, where these have none, with what the host has stored.
 */
export async function connectRemoteEngine(link: HostLink, kind: EngineKind): Promise<Engine> {
  const { commands, home, dockerSocket } = await link.greeting();
  const command = commands[kind];
  if (command === undefined) throw engineAbsent(kind);
  const run = createRemoteRun(link);
  const files = createRemoteFiles(link);
  const save = (imageId: string) => saveRemote(link, { kind, command }, imageId);
  if (kind === 'podman') {
    // It is asked by commands, each in a session of its own, which are to fit into those that sshd allows.
    link.prepared.endEngine();
    const { podmanEngine } = await import('../engine/podman.ts');
    const user = { name: 'root', uid: 0, home, environment: {}, sudoUser: null };
    return { ...podmanEngine({ command, user, files, run }), save };
  }
  const { dockerEngine } = await import('../engine/docker.ts');
  const open = () => openShared(link, [command, 'system', 'dial-stdio']);
  const docker = dockerEngine({
    command,
    user: invokingUser(),
    files,
    socketPath: dockerSocket ?? '/var/run/docker.sock',
    remote: { run, agent: () => streamAgent(open, connections) },
  });
  return { ...docker, save };
}
