import type { ContainerSpec, NetworkUse } from '../model/container.ts';
import { containerName } from '../model/container-name.ts';
import type { Instance } from '../model/instance.ts';
import type { AppNetwork } from '../model/network.ts';

/** Options of `docker create`. Before version 25 it takes one network: the others are joined by connectArguments. */
export function dockerNetworkArguments({ spec, joins }: Pick<Instance, 'spec' | 'joins'>): readonly string[] {
  const [first] = spec.networks ?? [];
  if (first === undefined) return modeArguments(spec, joins);
  const words = ['--network', first.name];
  for (const alias of first.aliases) words.push('--network-alias', alias);
  words.push(...addressArguments(first));
  return words;
}

/** Options of `podman run`, which takes all networks with all that is to be said of each. */
export function podmanNetworkArguments({ spec, joins }: Pick<Instance, 'spec' | 'joins'>): readonly string[] {
  if ((spec.networks ?? []).length === 0) return modeArguments(spec, joins);
  return (spec.networks ?? []).flatMap(({ name, aliases, ip, ip6 }) => {
    const details = [
      ...aliases.map((alias) => `alias=${alias}`),
      ...(ip === undefined ? [] : [`ip=${ip}`]),
      ...(ip6 === undefined ? [] : [`ip6=${ip6}`]),
    ];
    return ['--network', details.length === 0 ? name : `${name}:${details.join(',')}`];
  });
}

/** A network that a container joins, and the arguments of `docker` that join it. */
interface Connection {
  readonly network: string;
  readonly words: readonly string[];
}

/**
 * Docker: every network of the container, in order, with what joins it once the container is made. The first is part
 * of createArguments already; its words are for when it was removed and made anew.
 */
export function connectArguments(instance: Instance): readonly Connection[] {
  return (instance.spec.networks ?? []).map((use) => {
    const words = ['network', 'connect'];
    for (const alias of use.aliases) words.push('--alias', alias);
    words.push(...addressArguments(use), use.name, containerName(instance));
    return { network: use.name, words };
  });
}

/**
 * Arguments of either engine that make a network of gear; the first two are `network create`, the last is its name. Of
 * two labels of one name the engines take the last, so gear's own, by which it finds what it may remove, come last.
 */
export function networkCreateArguments({ app, name, spec }: AppNetwork): readonly string[] {
  return [
    ...['network', 'create'],
    ...pairs('--label', spec.labels),
    ...['--label', `gear.owner=${app}`, '--label', `gear.name=${name}`],
    ...optional('--driver', spec.driver),
    ...(spec.internal === true ? ['--internal'] : []),
    ...(spec.ipv6 === true ? ['--ipv6'] : []),
    ...optional('--subnet', spec.subnet),
    ...optional('--gateway', spec.gateway),
    ...optional('--ip-range', spec.ipRange),
    // Gateway and range are of the subnet before them.
    ...optional('--subnet', spec.subnet6),
    ...pairs('--opt', spec.options),
    name,
  ];
}

function modeArguments({ networkMode }: ContainerSpec, joins: Instance['joins']): readonly string[] {
  return optional('--network', joins === undefined ? networkMode : `container:${joins.container}`);
}

function addressArguments({ ip, ip6 }: NetworkUse): readonly string[] {
  return [...optional('--ip', ip), ...optional('--ip6', ip6)];
}

function optional(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}

function pairs(flag: string, values?: Readonly<Record<string, string>>): readonly string[] {
  if (values === undefined) return [];
  return Object.entries(values)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => [flag, value === '' ? key : `${key}=${value}`]);
}
