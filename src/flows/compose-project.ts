import { projectOf, serviceContainers } from '../core/descriptor/adopt/project-containers.ts';
import type { AdoptedNetwork } from '../core/model/adopted.ts';
import type { EngineKind } from '../core/model/container.ts';
import { FailureError } from '../errors/failure.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';
import type { Desire } from './planning.ts';

/** The containers that Compose made of a project, and the engine that has them. */
interface Project {
  readonly engine: EngineKind;
  readonly containers: readonly EngineContainer[];
}

/** The engine in which containers of the project run. FailureError NOT_RUNNING. */
export async function findProject(
  { host }: FlowContext,
  project: string,
  asked: EngineKind | undefined,
): Promise<Project> {
  const engines = asked === undefined ? (await host.facts()).engines : [asked];
  const others = new Set<string>();
  for (const engine of engines) {
    const containers = await (await host.engine(engine)).everyContainer();
    if (serviceContainers(project, containers).some(({ container }) => container.running))
      return { engine, containers };
    for (const { labels } of containers) others.add(projectOf(labels) ?? '');
  }
  others.delete('');
  const known = [...others].toSorted();
  throw new FailureError({
    code: 'NOT_RUNNING',
    message: `nothing runs of a project ${project}, which is the name that the file has`,
    next:
      known.length === 0
        ? 'docker compose up -d; or let gear start it: gear apply compose.yaml'
        : `projects here are ${known.join(', ')}: write name: at the top of the file, or COMPOSE_PROJECT_NAME=NAME before the command`,
    subject: project,
  });
}

/** The networks of the app that are there and were not made by gear. */
export async function foundNetworks(
  { host }: FlowContext,
  { networks = [] }: Desire,
  app: string,
): Promise<readonly AdoptedNetwork[]> {
  const own = networks.filter((network) => network.app === app);
  const found = await Promise.all(
    own.map(async ({ engine, name }) => (await (await host.engine(engine)).network(name))?.labels),
  );
  return own.filter((_, index) => {
    const labels = found[index];
    return labels !== undefined && labels['gear.owner'] === undefined && isOfProject(labels, app);
  });
}

/** Whether Compose made something for the project of an app. */
export function isOfProject(labels: Readonly<Record<string, string>>, app: string): boolean {
  return projectOf(labels) === app;
}
