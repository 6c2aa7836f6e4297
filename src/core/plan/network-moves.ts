import type { Failure } from '../../errors/failure.ts';
import { canonicalJson } from '../model/hash.ts';
import type { Instance } from '../model/instance.ts';
import type { AppNetwork } from '../model/network.ts';
import { unitName } from '../model/unit-names.ts';
import type { Observed } from './observed.ts';

/** A network that stays by its name, and is to be like something else than it was made as. */
export interface ReplacedNetwork {
  readonly network: AppNetwork;
  /** What of it changes, for people. */
  readonly reason: string;
}

/** The networks that have to be removed and made anew: no engine can change one that it has. */
export function replacedNetworks(
  { manifest }: Observed,
  networks: readonly AppNetwork[],
): readonly ReplacedNetwork[] {
  const before = new Map((manifest?.networks ?? []).map((each) => [keyOf(each), each]));
  return networks.flatMap((network) => {
    const old = before.get(keyOf(network));
    const reason = old === undefined ? '' : differenceOf(old, network);
    return reason === '' ? [] : [{ network, reason }];
  });
}

/** The declared instances on networks that are replaced, each with why it has to leave them for a moment. */
export function networkMoves(
  observed: Observed,
  networks: readonly AppNetwork[],
): ReadonlyMap<string, string> {
  const replaced = new Set(replacedNetworks(observed, networks).map(({ network }) => engineKey(network)));
  if (replaced.size === 0) return new Map();
  return new Map(
    (observed.manifest?.instances ?? []).flatMap((instance): readonly (readonly [string, string])[] => {
      // A job that is done is on no network any more.
      if (observed.units.get(unitName(instance.name))?.sub === 'exited') return [];
      const on = networksOf(instance).find((key) => replaced.has(key));
      return on === undefined ? [] : [[instance.name, `its network ${nameIn(on)} is made anew`]];
    }),
  );
}

/** NETWORK_IN_USE for a network that is to be replaced while a container of another app, which nobody named, is on it. */
export function findNetworkUsers(observed: Observed, networks: readonly AppNetwork[]): readonly Failure[] {
  return replacedNetworks(observed, networks).flatMap(({ network }) => {
    const user = (observed.manifest?.instances ?? []).find(
      (each) =>
        each.app !== network.app && each.hold === null && networksOf(each).includes(engineKey(network)),
    );
    if (user === undefined) return [];
    return {
      code: 'NETWORK_IN_USE' as const,
      message: `${network.app}: the network ${network.name} is to be made anew, and ${user.name} of another app is on it`,
      next: `gear stop ${user.name}, then the same command, then gear start ${user.name}`,
      subject: network.app,
    };
  });
}

/** Whether an instance joins one of these networks. */
export function joinsAny(instance: Instance, networks: readonly AppNetwork[]): boolean {
  const on = new Set(networksOf(instance));
  return networks.some((network) => on.has(engineKey(network)));
}

function keyOf(network: AppNetwork): string {
  return `${network.app} ${engineKey(network)}`;
}

function engineKey({ engine, name }: Pick<AppNetwork, 'engine' | 'name'>): string {
  return `${engine} ${name}`;
}

function networksOf({ engine, spec }: Instance): readonly string[] {
  return (spec.networks ?? []).map(({ name }) => engineKey({ engine, name }));
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

/** `subnet: 10.1.0.0/24 → 10.2.0.0/24`; empty where both are the same. */
function differenceOf(before: AppNetwork, after: AppNetwork): string {
  const [old, next] = [new Map(Object.entries(before.spec)), new Map(Object.entries(after.spec))];
  const keys = [...new Set([...old.keys(), ...next.keys()])].toSorted();
  return keys
    .map((key) => [key, shown(old.get(key)), shown(next.get(key))] as const)
    .filter(([, was, is]) => was !== is)
    .map(([key, was, is]) => `${key}: ${was} → ${is}`)
    .join(', ');
}

function shown(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : canonicalJson(value);
}
