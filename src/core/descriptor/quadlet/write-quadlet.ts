import {
  containersOf,
  mapOf,
  type Native,
  pairsOf,
  type WriteLoss,
  writeKeys,
  textOf,
} from '../foreign/foreign-writer.ts';
import { UnitText } from './unit-text.ts';
import { quadletWriters } from './write-keys.ts';

/** A native descriptor as files of Quadlet's by their names; and what of it they cannot say. */
export function writeQuadlet(app: Native): {
  readonly files: Readonly<Record<string, string>>;
  readonly losses: readonly WriteLoss[];
} {
  const losses: WriteLoss[] = [];
  const files: Record<string, string> = {};
  const name = textOf(app['name']);
  const used = { networks: new Set<string>(), volumes: new Set<string>() };
  for (const [container, keys] of containersOf(app)) {
    const unit = new UnitText();
    writeKeys(
      { writing: { app, name: container, container: keys, losses }, unit },
      quadletWriters,
      'Quadlet',
    );
    // What says nothing is on the network of the app, always restarted, and starts at boot.
    if (keys['networks'] === undefined && keys['network_mode'] === undefined) unit.join('default', {});
    if (keys['restart'] === undefined)
      unit.add('Service', 'Restart', keys['job'] === true ? 'on-failure' : 'always');
    unit.add('Install', 'WantedBy', 'multi-user.target');
    files[`${container}.container`] = unit.toString();
    for (const text of files[`${container}.container`]?.matchAll(
      /^(?:Network|Volume)=([\w.-]+)\.(network|volume)/gm,
    ) ?? [])
      used[text[2] === 'network' ? 'networks' : 'volumes'].add(text[1] ?? '');
  }
  for (const network of used.networks)
    files[`${network}.network`] = networkText(name, network, mapOf(mapOf(app['networks'])[network]));
  for (const volume of used.volumes)
    files[`${volume}.volume`] = volumeText(name, volume, mapOf(mapOf(app['volumes'])[volume]));
  if (app['engine'] === 'docker')
    losses.push({ key: 'engine', verdict: 'approximated', words: 'Quadlet runs containers with Podman' });
  return { files, losses };
}

function networkText(app: string, key: string, given: Native): string {
  const unit = new UnitText();
  unit.add(
    'Network',
    'NetworkName',
    textOf(given['name'] ?? (given['external'] === true ? key : `${app}_${key}`)),
  );
  for (const [name, to] of [
    ['driver', 'Driver'],
    ['subnet', 'Subnet'],
    ['gateway', 'Gateway'],
    ['ip_range', 'IPRange'],
  ] as const)
    if (given[name] !== undefined) unit.add('Network', to, textOf(given[name]));
  for (const [name, to] of [
    ['internal', 'Internal'],
    ['ipv6', 'IPv6'],
  ] as const)
    if (given[name] === true) unit.add('Network', to, 'true');
  for (const [name, text] of pairsOf(given['options'] ?? {}))
    unit.add('Network', 'Options', unit.word(`${name}=${text}`));
  for (const [name, text] of pairsOf(given['labels'] ?? {}))
    unit.add('Network', 'Label', unit.word(`${name}=${text}`));
  return unit.toString();
}

function volumeText(app: string, key: string, given: Native): string {
  const unit = new UnitText();
  unit.add(
    'Volume',
    'VolumeName',
    textOf(given['name'] ?? (given['external'] === true ? key : `${app}_${key}`)),
  );
  if (given['driver'] !== undefined) unit.add('Volume', 'Driver', textOf(given['driver']));
  for (const [name, text] of pairsOf(given['options'] ?? {})) {
    const to = { type: 'Type', device: 'Device', o: 'Options' }[name];
    unit.add('Volume', to ?? 'PodmanArgs', to === undefined ? unit.word(`--opt=${name}=${text}`) : text);
  }
  for (const [name, text] of pairsOf(given['labels'] ?? {}))
    unit.add('Volume', 'Label', unit.word(`${name}=${text}`));
  return unit.toString();
}

/** Files of Quadlet's as one text, in the form that `podman quadlet install` takes. */
export function quadletBundle(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, text]) => `# FileName=${name.slice(0, name.lastIndexOf('.'))}\n${text}`)
    .join('---\n');
}
