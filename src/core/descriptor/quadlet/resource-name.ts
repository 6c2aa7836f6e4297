import { lastOf, mainSections, type QuadletUnit } from './quadlet-unit.ts';
import { fillSpecifiers } from './specifiers.ts';

/** The engine's name for what a .volume or .network file describes, as `user` names it: Quadlet's rule. */
export function resourceName(unit: QuadletUnit, user: QuadletUnit): string {
  const { whole, prefix } = unit.name;
  const { instance } = user.name;
  const section = mainSections[unit.kind];
  const given = lastOf(unit, section, `${section}Name`);
  const name = { ...unit.name, instance: unit.name.instance === '' ? instance : unit.name.instance };
  if (given !== undefined) return fillSpecifiers(given.text, name).text;
  return whole.endsWith('@') ? `systemd-${prefix}-${instance}` : `systemd-${whole.replace('@', '_')}`;
}
