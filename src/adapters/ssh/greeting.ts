import type { EngineKind } from '../../core/model/container.ts';
import type { HostFacts } from '../../ports/host.ts';

/** What a host says of itself when the connection begins. */
export interface Greeting {
  readonly facts: HostFacts;
  readonly home: string;
  /** gear's commands go through sudo(8). */
  readonly elevated: boolean;
  /** Why sudo refused; '' where it did not, or was not needed. */
  readonly sudo: string;
  /** Absolute path of each engine's command. */
  readonly commands: Partial<Readonly<Record<EngineKind, string>>>;
  /** The socket of dockerd; null where there is none now. */
  readonly dockerSocket: string | null;
  readonly byteOrder: 'LE' | 'BE';
}

/** Reads the answer of the function `facts` of the shell. */
export function readGreeting(data: Buffer): Greeting {
  const [
    uid,
    user = '',
    name = '',
    home = '',
    sudoUser,
    sudo = '',
    systemd,
    cgroup,
    docker = '',
    podman = '',
    socket = '',
    machine = '',
  ] = data.toString('utf8').split('\0');
  const commands = {
    ...(docker.startsWith('/') ? { docker } : {}),
    ...(podman.startsWith('/') ? { podman } : {}),
  };
  const engines = (['docker', 'podman'] as const).filter((kind) => kind in commands);
  return {
    facts: {
      name,
      uid: Number(uid),
      user,
      systemdIsInit: systemd === '1',
      unifiedCgroup: cgroup === '1',
      // A docker command without a socket is a client of other machines, or of a dockerd that was stopped.
      engines: socket === '' ? engines.toReversed() : engines,
    },
    home,
    elevated: uid === '0' && sudoUser !== '',
    sudo,
    commands,
    dockerSocket: socket === '' ? null : socket,
    byteOrder: /^(?:s390|ppc64$|ppc$|mips)/.test(machine) ? 'BE' : 'LE',
  };
}
