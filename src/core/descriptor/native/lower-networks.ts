import { quote } from '../../../errors/quote.ts';
import { appNetworkName } from '../../model/app.ts';
import type { NetworkUse } from '../../model/container.ts';
import { nearest } from '../../model/nearest.ts';
import type { NetworkRequest, NetworkSpec } from '../../model/network.ts';
import { checkSubnet, checkUse } from './check-addresses.ts';
import { recordOf } from './lower-options.ts';
import { refuseOwnLabels } from './own-labels.ts';
import type { ContainerInput } from './schema.ts';
import { instancesOf, type Scope } from './scope.ts';

const own = 'default';

interface LoweredNetworks {
  readonly networks?: readonly NetworkUse[];
  readonly networkMode?: string;
}

/** How a copy of a container is connected: the networks that it joins, sorted by name, or a mode instead. */
export function lowerNetworkUse(
  scope: Scope,
  name: string,
  input: ContainerInput,
  copy: number | undefined,
): LoweredNetworks {
  if (input.network_mode !== undefined) return lowerMode(scope, name, input, input.network_mode);
  const { container_name: called } = input;
  const numbered = copy === undefined ? [] : [`${name}-${copy}`];
  const names = [name, ...numbered, ...(called === undefined ? [] : [called])];
  const used = usedNetworks(input).map(([key, use, path]): NetworkUse => {
    const at = ['containers', name, ...path];
    requireDeclared(scope, key, at);
    checkUse(scope.findings, at, use ?? {}, declaredSubnet(scope, key));
    if (copy !== undefined && (use?.ip ?? use?.ip6) !== undefined)
      scope.findings.refuse(
        [...at, use?.ip === undefined ? 'ip6' : 'ip'],
        'VALUE_INVALID',
        'copies cannot have the same address',
        'take it away: they are reached by name',
        'key',
      );
    return {
      name: networkName(scope, key),
      aliases: [...new Set([...names, ...(use?.aliases ?? [])])].sort(),
      ...(use?.ip === undefined ? {} : { ip: use.ip }),
      ...(use?.ip6 === undefined ? {} : { ip6: use.ip6 }),
    };
  });
  const byName = new Map(used.map((each) => [each.name, each]));
  return { networks: [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

function declaredSubnet({ input }: Scope, key: string): string | undefined {
  return input.networks !== undefined && Object.hasOwn(input.networks, key)
    ? input.networks[key]?.subnet
    : undefined;
}

type Use = {
  readonly aliases?: readonly string[] | undefined;
  readonly ip?: string | undefined;
  readonly ip6?: string | undefined;
} | null;

function usedNetworks({
  networks,
}: ContainerInput): readonly (readonly [string, Use, (string | number)[]])[] {
  if (networks === undefined) return [[own, null, []]];
  if (isList(networks)) return networks.map((key, index) => [key, null, ['networks', index]]);
  return Object.entries(networks).map(([key, use]) => [key, use, ['networks', key]]);
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}

function lowerMode(scope: Scope, name: string, input: ContainerInput, mode: string): LoweredNetworks {
  const { findings } = scope;
  const path = ['containers', name, 'network_mode'];
  if (input.networks !== undefined)
    findings.refuse(
      path,
      'VALUE_INVALID',
      'networks and network_mode exclude each other',
      'take one of them away',
      'key',
    );
  if (mode === 'bridge') return {};
  if (mode === 'host' || mode === 'none') return { networkMode: mode };
  const [, given] = /^container:([a-zA-Z0-9][a-zA-Z0-9_.-]*)$/.exec(mode) ?? [];
  const target = given === undefined ? undefined : containerCalled(scope, given);
  if (target === undefined) {
    const near = nearest(mode, ['host', 'none', 'bridge']);
    const next = near === undefined ? 'write host, none, bridge or container:NAME' : `did you mean ${near}?`;
    findings.refuse(path, 'VALUE_INVALID', `${quote(mode)} is not a network mode`, next);
    return {};
  }
  const count = scope.counts.get(target);
  if (target === name)
    findings.refuse(path, 'VALUE_INVALID', `${quote(name)} cannot be in its own network`, 'take it away');
  if (count !== undefined && count > 1)
    findings.refuse(
      path,
      'VALUE_INVALID',
      `${quote(target)} has ${count} copies`,
      'name one: container:APP.CONTAINER-1',
    );
  return { networkMode: `container:${count === 1 ? (instancesOf(scope, target)[0] ?? target) : target}` };
}

/** The container of the app that has the name, or is called so by the engine; what is none of the app's as it is. */
function containerCalled({ input: { containers }, counts }: Scope, given: string): string {
  if (counts.has(given)) return given;
  return Object.keys(containers).find((key) => containers[key]?.container_name === given) ?? given;
}

function requireDeclared(
  { input, findings, pruned }: Scope,
  key: string,
  path: readonly (string | number)[],
): void {
  const declared = Object.keys(input.networks ?? {});
  if (
    key === own ||
    declared.includes(key) ||
    pruned.some(([first, second]) => first === 'networks' && second === undefined)
  )
    return;
  const near = nearest(key, [...declared, own]);
  const next =
    near === undefined
      ? `declare it at the top level: networks: {${key}: {}}`
      : `did you mean ${quote(near)}?`;
  findings.refuse(path, 'VALUE_INVALID', `there is no network ${quote(key)} in this descriptor`, next);
}

/** The engine's name for a network: Compose's rule. */
function networkName({ app, input }: Scope, key: string): string {
  const given =
    input.networks !== undefined && Object.hasOwn(input.networks, key) ? input.networks[key] : undefined;
  if (given?.name !== undefined) return given.name;
  if (given?.external === true) return key;
  return key === own ? appNetworkName(app) : `${app}_${key}`;
}

/** The networks that the containers join, sorted by the engine's names; `used` are the names that they join. */
export function lowerNetworks(scope: Scope, used: ReadonlySet<string>): readonly NetworkRequest[] {
  const declared = Object.keys(scope.input.networks ?? {});
  return [...new Set([...declared, own])]
    .map((key): NetworkRequest => lowerNetwork(scope, key))
    .filter(({ name }) => used.has(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function lowerNetwork(scope: Scope, key: string): NetworkRequest {
  const given = scope.input.networks?.[key] ?? {};
  const name = networkName(scope, key);
  const options = recordOf(given.options);
  const labels = recordOf(given.labels);
  refuseOwnLabels(scope, ['networks', key], labels);
  checkSubnet(scope.findings, ['networks', key], given);
  const spec: NetworkSpec = {
    ...(given.driver === undefined ? {} : { driver: given.driver }),
    ...(given.internal === true ? { internal: true } : {}),
    ...(given.ipv6 === true ? { ipv6: true } : {}),
    ...(given.subnet === undefined ? {} : { subnet: given.subnet }),
    ...(given.gateway === undefined ? {} : { gateway: given.gateway }),
    ...(given.ip_range === undefined ? {} : { ipRange: given.ip_range }),
    ...(options === undefined ? {} : { options }),
    ...(labels === undefined ? {} : { labels }),
  };
  return { name, ...(given.external === true ? { external: true } : {}), spec };
}
