import type { Failure } from '../errors/failure.ts';
import { projectOf } from '../core/descriptor/adopt/project-containers.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { FlowContext } from './context.ts';

type Labels = Readonly<Record<string, string>>;

/** Networks and volumes that an app may not have: external ones that are absent, and names that are somebody else's, but for what `takesNetwork`. */
export async function findMissingResources(
  context: FlowContext,
  { app, networks, volumes }: AppRequest,
  kind: EngineKind,
  takesNetwork: (labels: Labels, app: string) => boolean = () => false,
): Promise<readonly Failure[]> {
  if (networks.length === 0 && volumes.every(({ external }) => external !== true)) return [];
  const engine = await context.host.engine(kind);
  const ofNetworks = networks.map(async ({ name, external }): Promise<readonly Failure[]> => {
    const found = await engine.network(name);
    if (external === true) {
      return found === null ? [absent(app, 'network', name, `${kind} network create ${name}`)] : [];
    }
    const owner = found?.labels['gear.owner'];
    if (found === null || owner === app || (owner === undefined && takesNetwork(found.labels, app)))
      return [];
    const remove = `remove it: ${kind} network rm ${name}`;
    return [
      {
        code: 'NOT_OURS',
        message: `${app}: a network ${name} exists in ${kind} and is not of this app`,
        next:
          projectOf(found.labels) === app
            ? `it is of Compose's project ${app}: take that over with gear adopt --compose FILE; or ${remove}`
            : `use it as it is with external: true; or ${remove}`,
        subject: app,
      },
    ];
  });
  const ofVolumes = volumes.map(async ({ name, external }): Promise<readonly Failure[]> => {
    if (external !== true || (await engine.volume(name)) !== null) return [];
    return [absent(app, 'volume', name, `${kind} volume create ${name}`)];
  });
  return (await Promise.all([...ofNetworks, ...ofVolumes])).flat();
}

function absent(app: string, what: string, name: string, next: string): Failure {
  return {
    code: 'VALUE_INVALID',
    message: `${app}: the external ${what} ${name} does not exist on this host`,
    next: `${next}; or leave external out, and gear makes it`,
    subject: app,
  };
}
