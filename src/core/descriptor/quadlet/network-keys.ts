import { publishText } from '../foreign/publish-port.ts';
import { asTexts, keptAll, kept, pairOf, type QuadletKey } from './key.ts';
import { nameOfUnit, type QuadletContainer } from './quadlet-container.ts';
import { lastOf, type QuadletUnit, type Value, valuesOf } from './quadlet-unit.ts';
import { resourceName } from './resource-name.ts';
import { fillSpecifiers } from './specifiers.ts';

const onHost = 'left out: with Network=host it listens on the ports of the host itself';

type Use = Readonly<Record<string, unknown>>;

/** How a container is connected. */
export const networkKeys: readonly QuadletKey[] = [
  keptAll(
    'PublishPort',
    'ports',
    (container, value) => {
      // Podman discards them as well, with a warning in the journal.
      if (isOnHost(container, value)) container.approximate(value.path, onHost);
      else publishText(container, container.filled(value), value.path);
    },
    'a port without one of the host gets a free one, which stays; with Network=host they are left out',
  ),
  asTexts('ExposeHostPort', 'expose'),
  keptAll('Network', 'networks, network_mode', readNetwork, 'modes of rootless containers become bridge'),
  ...(['IP', 'IP6'] as const).map((name) =>
    kept(
      name,
      'networks',
      (container, value) => {
        const [first] = Object.keys(usesOf(container));
        if (first === undefined)
          container.refuse(value.path, 'on the network of the engine addresses are its own', 'add Network=');
        else put(container, first, { [name.toLowerCase()]: container.filled(value) }, value);
      },
      'on the first network',
    ),
  ),
  keptAll(
    'NetworkAlias',
    'networks',
    (container, value) => alias(container, container.filled(value), value),
    'on all of its networks',
  ),
  kept(
    'ContainerName',
    'container_name',
    (container, value) => container.set('container_name', container.filled(value), value.path),
    'what the engine calls it, and an alias on its networks',
  ),
  asTexts('AddHost', 'extra_hosts'),
  asTexts('DNS', 'dns'),
  asTexts('DNSOption', 'dns_options'),
  asTexts('DNSSearch', 'dns_search'),
];

/** Whether the section in which a value stands says Network=host. */
function isOnHost(container: QuadletContainer, { path: [file, section] }: Value): boolean {
  const unit = container.all.units.get(String(file)) ?? container.unit;
  return lastOf(unit, String(section), 'Network')?.text === 'host';
}

function readNetwork(container: QuadletContainer, value: Value): void {
  const text = container.filled(value);
  const [name = '', ...rest] = text.split(':');
  const options = rest.join(':');
  if (name.endsWith('.network')) {
    const unit = container.other(name, value);
    if (unit !== undefined) join(container, resourceName(unit, container.unit), options, value);
  } else if (name.endsWith('.container')) {
    const unit = container.other(name, value);
    if (unit !== undefined) shareNetwork(container, nameOfUnit(unit), value);
  } else if (name === 'host' || name === 'none' || name === 'bridge')
    container.set('network_mode', name, value.path);
  else if (name === 'container') container.set('network_mode', text, value.path);
  else if (/^(slirp4netns|pasta|private|ns)$/.test(name)) {
    container.set('network_mode', 'bridge', value.path);
    container.approximate(value.path, `bridge: ${name} is for containers without root`);
  } else {
    container.all.networks.set(name, { name, external: true });
    container.reader.places.set(['networks', name], value.path);
    join(container, name, options, value);
  }
}

/** Shares the network of another container of the app. */
export function shareNetwork(container: QuadletContainer, other: string, { path }: Value): void {
  container.set('network_mode', `container:${other}`, path);
}

function join(container: QuadletContainer, network: string, options: string, value: Value): void {
  const fields = options === '' ? [] : options.split(',').map(pairOf);
  const use: Record<string, unknown> = {};
  for (const [key, text = ''] of fields)
    if (key === 'ip' || key === 'ip6') use[key] = text;
    else if (key === 'alias') use['aliases'] = [...((use['aliases'] ?? []) as string[]), text];
    else container.approximate(value.path, `${key} is left out: the engine decides it`);
  put(container, network, use, value);
}

function usesOf(container: QuadletContainer): Readonly<Record<string, Use>> {
  return (container.native['networks'] ?? {}) as Readonly<Record<string, Use>>;
}

function put(container: QuadletContainer, network: string, use: Use, { path }: Value): void {
  container.put('networks', network, { ...usesOf(container)[network], ...use }, path);
}

/** Gives the container a further name on all of its networks. */
export function alias(container: QuadletContainer, name: string, value: Value): void {
  for (const [network, use] of Object.entries(usesOf(container)))
    put(container, network, { aliases: [...((use['aliases'] ?? []) as string[]), name] }, value);
}

/** The names that the other containers of a pod are given, on the networks of the one that holds them. */
export function aliasPod(container: QuadletContainer, pod: QuadletUnit): void {
  for (const unit of container.all.units.values()) {
    if (unit === container.unit || unit.kind !== 'container') continue;
    if (lastOf(unit, 'Container', 'Pod')?.text !== pod.file) continue;
    const name = lastOf(unit, 'Container', 'ContainerName');
    if (name !== undefined) alias(container, fillSpecifiers(name.text, unit.name).text, name);
  }
}

/**
 * What holds without Network=: Podman's own network, on which there are no names. With networks, the container is known
 * there by the name that Quadlet gives it.
 */
export function finishNetworks(container: QuadletContainer): void {
  const { unit, native } = container;
  if (native['network_mode'] !== undefined) return;
  if (native['networks'] === undefined) container.set('network_mode', 'bridge', [unit.file]);
  else if (lastOf(unit, 'Container', 'ContainerName') === undefined) {
    const [network] = valuesOf(unit, 'Container', 'Network');
    if (network !== undefined) alias(container, `systemd-${unit.name.whole.replace('@', '_')}`, network);
  }
}
