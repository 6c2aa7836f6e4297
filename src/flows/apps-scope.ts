import { instanceName } from '../core/model/instance-name.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { ApplyInput } from './app-inputs.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine } from './engines.ts';
import type { Change } from './planning.ts';

/** What of the host a change of the apps concerns, before anything is found of what they ask for. FailureError when an engine of one cannot be told. */
export async function appsScope(
  context: FlowContext,
  { apps, engine: given, wait, timeoutMs }: Pick<ApplyInput, 'apps' | 'engine' | 'wait' | 'timeoutMs'>,
  manifest: Manifest | null,
): Promise<Omit<Change, 'desire'>> {
  const present = manifest?.instances ?? [];
  const engines = await Promise.all(
    apps.map((request) => {
      const before = present.find(({ app }) => app === request.app);
      return chooseEngine(context, given ?? request.engine ?? before?.engine, null, request.app);
    }),
  );
  const meant = new Set(apps.map(({ app }) => app));
  return {
    names: [
      ...new Set([
        ...apps.flatMap(({ containers }) => containers.map(instanceName)),
        ...present.filter(({ app }) => meant.has(app)).map(({ name }) => name),
      ]),
    ],
    engines: [...new Set(engines)],
    networks: apps.some(({ networks }) => networks.length > 0),
    wait,
    timeoutMs,
  };
}
