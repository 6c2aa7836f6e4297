import { plainName } from '../core/descriptor/foreign/container-name.ts';
import { isQuadletName } from '../core/descriptor/foreign/sniff-format.ts';
import { type GeneratedUnit, generatedUnit } from '../core/descriptor/quadlet/generated-unit.ts';
import { paths } from '../core/model/paths.ts';
import type { UnitState } from '../ports/systemd.ts';
import type { FlowContext } from './context.ts';

/** A unit that Quadlet generated, and what systemd makes of it. */
export interface Generated extends GeneratedUnit {
  readonly state: UnitState;
}

/** The units that were generated from files of the folder; of a template its instances. */
export async function findGenerated({ host }: FlowContext, folder: string): Promise<readonly Generated[]> {
  const systemd = await host.systemd();
  const entries = await host.files.list(paths.generated);
  const found = await Promise.all(
    entries
      .filter(({ name, kind }) => kind === 'file' && name.endsWith('.service'))
      .map(async ({ name }) => {
        const content = await host.files.read(`${paths.generated}/${name}`);
        return content === null ? null : generatedUnit(name, new TextDecoder().decode(content), folder);
      }),
  );
  const units = await Promise.all(
    found
      .filter((each) => each !== null)
      .map(async ({ unit, file }): Promise<readonly GeneratedUnit[]> => {
        if (!unit.includes('@.')) return [{ unit, file }];
        const instances = await systemd.list([unit.replace('@.', '@*.')]);
        return instances.map((each) => ({ unit: each.unit, file }));
      }),
  );
  const all = units.flat();
  const states = await systemd.units(all.map(({ unit }) => unit));
  return all.flatMap((each, index) => {
    const state = states[index];
    return state === undefined ? [] : [{ ...each, state }];
  });
}

/** Which container of the descriptor a unit runs: that of the file it is named after. */
export function containerOf({ unit, file }: GeneratedUnit): string {
  const stem = file.includes('@.') ? unit.replace(/\.service$/, '') : file.replace(/\.[a-z]+$/, '');
  return plainName(stem.replace('@', '-'));
}

/** Moves Quadlet's files, the timers beside them and the folders of their drop-ins; what else lies there stays. */
export async function moveQuadlet({ host }: FlowContext, from: string, to: string): Promise<void> {
  const move = async (name: string): Promise<void> => {
    const content = await host.files.read(`${from}/${name}`);
    if (content === null) return;
    await host.files.write(`${to}/${name}`, content, 0o644);
    await host.files.remove(`${from}/${name}`);
  };
  const entries = await host.files.list(from);
  const isMeant = (name: string) =>
    isQuadletName(name) ||
    (name.endsWith('.timer') && entries.some((each) => each.name === name.replace(/timer$/, 'container')));
  for (const { name, kind } of entries) {
    if (kind !== 'directory' && isMeant(name)) await move(name);
    if (kind !== 'directory' || !name.endsWith('.d')) continue;
    for (const dropIn of await host.files.list(`${from}/${name}`)) await move(`${name}/${dropIn.name}`);
    await host.files.removeFolder(`${from}/${name}`);
  }
}
