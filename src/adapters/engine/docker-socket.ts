import { access } from 'node:fs/promises';

/** The sockets of a system-wide dockerd; /var/run is a link to /run on hosts of today. */
const systemSockets = ['/run/docker.sock', '/var/run/docker.sock'] as const;

/**
 * The socket of dockerd: DOCKER_HOST when it names a unix socket, else the system's own. A DOCKER_HOST of another kind
 * means another machine, whose containers this host's systemd could not run, so it is not followed. The second is
 * returned when neither exists, since it is the name that people know.
 */
export async function dockerSocket(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const named = environment['DOCKER_HOST'] ?? '';
  if (/^unix:\/\/./.test(named)) return named.slice('unix://'.length);
  for (const path of systemSockets) if (await exists(path)) return path;
  return systemSockets[1];
}

/** Whether something is at the path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
