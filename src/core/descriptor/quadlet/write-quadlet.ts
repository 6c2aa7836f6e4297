import {
  containersOf,
  mapOf,
  type Native,
  pairsOf,
  type WriteLoss,
  writeKeys,
  textOf,
} from '../foreign/foreign-writer.ts';
import { timerOf } from './timer-file.ts';
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
    // What says nothing is on the network of the app, always restarted, and starts at boot, unless it has its times.
    if (keys['networks'] === undefined && keys['network_mode'] === undefined) unit.join('default', {});
    const { restart, job, schedule } = keys;
    if (restart === undefined && schedule === undefined)
      unit.add('Service', 'Restart', job === true ? 'on-failure' : 'always');
    if (schedule === undefined) unit.add('Install', 'WantedBy', 'multi-user.target');
    else files[timerOf(container)] = timerText(textOf(schedule));
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

/** The timer of a container: it makes up for a missed time, as that of gear does. */
function timerText(schedule: string): string {
  const unit = new UnitText();
  unit.add('Timer', 'OnCalendar', schedule);
  unit.add('Timer', 'Persistent', 'true');
  unit.add('Install', 'WantedBy', 'timers.target');
  return unit.toString();
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

/**
 * Files of Quadlet's as one text, in the form that `podman quadlet install` takes. It takes no timers: each is a comment in
 * the part of its container.
 */
export function quadletBundle(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .filter(([name]) => !name.endsWith('.timer'))
    .map(([name, text]) => {
      const stem = name.slice(0, name.lastIndexOf('.'));
      const timer = name.endsWith('.container') ? files[timerOf(stem)] : undefined;
      return `# FileName=${stem}\n${timer === undefined ? '' : timerComment(stem, timer)}${text}`;
    })
    .join('---\n');
}

function timerComment(stem: string, timer: string): string {
  const lines = timer.trimEnd().split('\n');
  return [`/etc/systemd/system/${timerOf(stem)}, which starts it:`, ...lines]
    .map((line) => `# ${line}`.trimEnd())
    .concat('')
    .join('\n');
}
