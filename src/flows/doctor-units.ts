import { unitName } from '../core/model/unit-names.ts';
import { paths } from '../core/model/paths.ts';
import type { Instance } from '../core/model/instance.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { DoctorCheck } from '../report/values.ts';
import type { FlowContext } from './context.ts';

/** What of the host has changed under units, or will stop them for good one day. */
export async function checkUnits(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const instances = (await readCurrentManifest(context.host.files))?.instances ?? [];
  return [...(await liveRestore(context, instances)), ...instances.flatMap(dependants)];
}

/** With live-restore containers outlive dockerd, unless their units stop with it; a unit knows what was so when it was written. */
async function liveRestore(
  { host }: FlowContext,
  instances: readonly Instance[],
): Promise<readonly DoctorCheck[]> {
  const ofDocker = instances.filter(({ engine }) => engine === 'docker');
  if (ofDocker.length === 0) return [];
  const isOn = (await (await host.engine('docker')).facts()).liveRestore;
  const found = ofDocker.map(async ({ name }): Promise<readonly DoctorCheck[]> => {
    const text = await host.files.read(`${paths.current}/units/${unitName(name)}`);
    const stops = /^Requires=docker\.service$/m.test(new TextDecoder().decode(text ?? new Uint8Array()));
    if (text === null || stops !== isOn) return [];
    const message = isOn
      ? 'it stops with dockerd, though live-restore is on by now'
      : 'its unit counts on live-restore, which is off by now';
    return [{ name, state: 'warning', message, next: `gear start ${name}` }];
  });
  return (await Promise.all(found)).flat();
}

/** systemd stops with the other what is so bound to it, and does not start it again with it. */
function dependants({ name, spec }: Instance): readonly DoctorCheck[] {
  return (spec.directives ?? []).flatMap(({ section, name: directive, value }): readonly DoctorCheck[] => {
    const units = value.split(/\s+/).filter((unit) => /^ctr-.+\.service$/.test(unit));
    if (section !== 'Unit' || !/^(BindsTo|Requires|Requisite)$/.test(directive) || units.length === 0)
      return [];
    const message = `by ${directive}= it stops when ${units.join(' ')} fails, and stays stopped`;
    const required = units.map((unit) => `--requires ${unit.replace(/^ctr-(.+)\.service$/, '$1')}`);
    const next = `gear set ${name} --reset unit ${required.join(' ')}`;
    return [{ name, state: 'warning', message, next }];
  });
}
