import { runOptions } from '../model/run-options.ts';

/** Keys of a container in a descriptor that are not named as their flag is. */
const keys: Readonly<Record<string, string>> = {
  'name and image': 'image',
  'image, flags and command': 'image',
  reload: 'reload',
  '--env': 'env',
  '--secret': 'secrets',
  '--publish': 'ports',
  '--volume': 'volumes',
  '--network': 'networks',
  '--restart-sec': 'restart',
  '--unit': 'systemd',
  '--service': 'systemd',
  '--install': 'systemd',
};

/** The key of a container that a line of its unit follows from, by what originOf says of it; null where it is none. */
export function originKey(from: string): string | null {
  const known = keys[from];
  if (known !== undefined) return known;
  if (!from.startsWith('--')) return null;
  const flag = from.slice(2);
  return runOptions.find((each) => each.flag === flag)?.key ?? flag.replaceAll('-', '_');
}
