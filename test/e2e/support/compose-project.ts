import type { Host } from '../../lab/host.ts';

/** A service of a project: its image, and further words of `run` before it. */
interface Service {
  readonly name: string;
  /** container_name; absent: the name that Compose gives. */
  readonly container?: string;
  readonly image: string;
  readonly options?: readonly string[];
}

/**
 * Starts a project with the names and labels that docker compose 2 gives (pkg/api/labels.go, and `docker inspect` of what
 * it made), by the engine alone: the hosts of the lab have no compose.
 */
export async function startComposeProject(
  host: Host,
  engine: string,
  project: string,
  { folder, services, volumes }: { folder: string; services: readonly Service[]; volumes: readonly string[] },
): Promise<void> {
  const label = (key: string, value: string): readonly string[] => [
    '--label',
    `com.docker.compose.${key}=${value}`,
  ];
  const common = [...label('project', project), ...label('version', '2.24.5')];
  const network = `${project}_default`;
  await host.exec([engine, 'network', 'create', ...common, ...label('network', 'default'), network]);
  for (const volume of volumes)
    await host.exec([
      ...[engine, 'volume', 'create', ...common, ...label('volume', volume)],
      `${project}_${volume}`,
    ]);
  for (const { name, image, container = `${project}-${name}-1`, options = [] } of services) {
    await host.exec([
      ...[engine, 'run', '--detach', '--name', container, '--network', network],
      ...['--network-alias', name, '--network-alias', container],
      ...common,
      ...[...label('service', name), ...label('container-number', '1'), ...label('oneoff', 'False')],
      ...label('config-hash', 'c0'.repeat(32)),
      ...label('project.working_dir', folder),
      ...label('project.config_files', `${folder}/compose.yaml`),
      ...[...options, image],
    ]);
  }
}
