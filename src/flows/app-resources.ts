import type { Failure } from '../errors/failure.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { FlowContext } from './context.ts';

/** Networks and volumes that an app may not have: external ones that are absent, and names that are somebody else's. */
export async function findMissingResources(
  context: FlowContext,
  { app, networks, volumes }: AppRequest,
  kind: EngineKind,
): Promise<readonly Failure[]> {
  if (networks.length === 0 && volumes.every(({ external }) => external !== true)) return [];
  const engine = await context.host.engine(kind);
  const ofNetworks = networks.map(async ({ name, external }): Promise<readonly Failure[]> => {
    const found = await engine.network(name);
    if (external === true) {
      return found === null ? [absent(app, 'network', name, `${kind} network create ${name}`)] : [];
    }
    return found === null || found.labels['gear.owner'] === app
      ? []
      : [
          {
            code: 'NOT_OURS',
            message: `${app}: a network ${name} exists in ${kind} and is not of this app`,
            next: `use it as it is with external: true; or remove it: ${kind} network rm ${name}`,
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
