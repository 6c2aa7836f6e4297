/** The types of systemd.unit(5): a dependency that ends in one is a unit as it stands, anything else a container of gear. */
export const unitTypes = [
  'service',
  'socket',
  'device',
  'mount',
  'automount',
  'swap',
  'target',
  'path',
  'timer',
  'slice',
  'scope',
] as const;

const unitSuffix = new RegExp(`\\.(${unitTypes.join('|')})$`);

/** Whether a dependency names a systemd unit rather than a container of gear. */
export function isSystemdUnit(dependency: string): boolean {
  return unitSuffix.test(dependency);
}
