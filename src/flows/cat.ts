import { attempt, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { originOf } from '../core/render/origin.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type { UnitSource } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';

/** The units of containers as systemd reads them, drop-ins after them, each line with where it comes from. */
export async function unitSources(
  context: FlowContext,
  names: readonly string[],
): Promise<Result<readonly UnitSource[]>> {
  return attempt(async () => {
    const { instances } = await namedInstances(context, names);
    const sources = await Promise.all(instances.map((instance) => sourcesOf(context, instance)));
    return sources.flat();
  });
}

async function sourcesOf(context: FlowContext, instance: Instance): Promise<readonly UnitSource[]> {
  const { files } = context.host;
  const { all } = unitsOf(instance);
  const states = await (await context.host.systemd()).units(all);
  const sources = await Promise.all(
    all.map(async (unit, index): Promise<readonly UnitSource[]> => {
      const path = `${paths.current}/units/${unit}`;
      const dropIns = states[index]?.dropInPaths ?? [];
      return [
        { path, lines: originOf(await textOf(context, path), instance, templateOf(unit, instance)) },
        ...(await Promise.all(
          dropIns.map(async (dropIn) => ({
            path: dropIn,
            lines: decode(await files.read(dropIn))
              .replace(/\n$/, '')
              .split('\n')
              .map((text) => ({ text, from: text === '' || text.startsWith('[') ? null : 'drop-in' })),
          })),
        )),
      ];
    }),
  );
  return sources.flat();
}

async function textOf({ host }: FlowContext, path: string): Promise<string> {
  return decode(await host.files.read(path));
}

function decode(content: Uint8Array | null): string {
  return content === null ? '' : new TextDecoder().decode(content);
}

/** The template that a unit was rendered from. */
function templateOf(unit: string, { engine }: Instance): string {
  if (unit.endsWith('.timer')) return 'schedule.timer.hbs';
  return unit.endsWith('-ready.service') ? 'ready.service.hbs' : `container-${engine}.service.hbs`;
}
