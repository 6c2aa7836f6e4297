import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type { InspectReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { namedInstances } from './names.ts';
import { containersOf } from './running-container.ts';

/** All that is known of containers: what gear declared, what systemd has loaded, what the engine made of it. */
export async function inspectContainers(
  context: FlowContext,
  names: readonly string[],
): Promise<Result<readonly InspectReport[]>> {
  return attempt(async () => {
    const { instances } = await namedInstances(context, names);
    const systemd = await context.host.systemd();
    return Promise.all(
      instances.map(async (instance): Promise<InspectReport> => {
        const { all } = unitsOf(instance);
        const [units, containers] = await Promise.all([systemd.units(all), containersOf(context, instance)]);
        const engine =
          containers.length === 0
            ? []
            : parsed(
                await askEngine(context, instance.engine, `inspect ${instance.name}`, [
                  ...['container', 'inspect'],
                  ...containers.map(({ id }) => id),
                ]),
              );
        return { declared: instance, units, engine };
      }),
    );
  });
}

function parsed(text: string): readonly unknown[] {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new FailureError({
      code: 'ENGINE_FAILED',
      message: 'the engine answered an inspection with what is not JSON',
      next: 'gear doctor',
    });
  }
}
