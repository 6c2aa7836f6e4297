import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import type { ContainerSpec, Environment, NetworkUse } from '../model/container.ts';
import { argument } from './refuse.ts';
import type { SpecChange } from './spec-change.ts';

/** What all flags of one command line together ask for. */
interface FinishedChange {
  readonly spec: Partial<ContainerSpec>;
  readonly environment: Environment;
  readonly secretEnvironment: Readonly<Record<string, string>>;
  /** Whether a word about networks was said, so that what was there before goes. */
  readonly networksGiven: boolean;
}

/** Lists that mean the same in any order. */
const unordered = ['after', 'requires', 'before', 'wants', 'partOf', 'conflicts'] as const;

/** Puts together what several flags say of one thing: a network and its aliases and addresses. VALUE_INVALID otherwise. */
export function finishChange(change: SpecChange): Result<FinishedChange> {
  const {
    environment = {},
    secretEnvironment = {},
    defaultNetwork,
    networkAliases = [],
    ip,
    ip6,
    networks: joined,
    ...spec
  } = change;
  const networks = mergeUses(joined ?? []);
  const said = { networkAliases, ip, ip6, defaultNetwork: defaultNetwork === true };
  const failures = misplaced(said, networks, spec.networkMode);
  if (failures.length > 0) return err(...failures);
  const [only] = networks;
  const uses = only === undefined || networks.length > 1 ? networks : [withDetails(only, said)];
  const sorted = Object.fromEntries(
    unordered.flatMap((key) => {
      const list = spec[key];
      return list === undefined ? [] : [[key, [...new Set(list)]]];
    }),
  );
  const secrets = spec.secrets?.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const tmpfs = spec.tmpfs?.toSorted((a, b) => (a.target < b.target ? -1 : 1));
  return ok({
    spec: {
      ...spec,
      ...sorted,
      ...(tmpfs === undefined ? {} : { tmpfs }),
      ...(secrets === undefined ? {} : { secrets }),
      ...(uses.length === 0 ? {} : { networks: uses }),
    },
    environment,
    secretEnvironment,
    networksGiven: uses.length > 0 || spec.networkMode !== undefined || said.defaultNetwork,
  });
}

interface Said {
  readonly networkAliases: readonly string[];
  readonly ip: string | undefined;
  readonly ip6: string | undefined;
  readonly defaultNetwork: boolean;
}

/** A network that is given twice is one: its aliases add up. */
function mergeUses(uses: readonly NetworkUse[]): readonly NetworkUse[] {
  const merged = new Map<string, NetworkUse>();
  for (const use of uses) {
    const before = merged.get(use.name);
    const aliases = [...new Set([...(before?.aliases ?? []), ...use.aliases])].sort();
    merged.set(use.name, { ...before, ...use, aliases });
  }
  return [...merged.values()];
}

function withDetails(use: NetworkUse, { networkAliases, ip, ip6 }: Said): NetworkUse {
  return {
    ...use,
    aliases: [...new Set([...use.aliases, ...networkAliases])].sort(),
    ...(ip === undefined ? {} : { ip }),
    ...(ip6 === undefined ? {} : { ip6 }),
  };
}

function misplaced(
  said: Said,
  networks: readonly NetworkUse[],
  mode: string | undefined,
): readonly Failure[] {
  const modes = [...(mode === undefined ? [] : [mode]), ...(said.defaultNetwork ? ['bridge'] : [])];
  const [first] = modes;
  if (first !== undefined && (networks.length > 0 || modes.length > 1))
    return [refusal(`--network ${first}`, `the network ${first} excludes every other`, 'give one of them')];
  const details = [
    ...said.networkAliases.map((alias) => `--network-alias ${alias}`),
    ...(said.ip === undefined ? [] : [`--ip ${said.ip}`]),
    ...(said.ip6 === undefined ? [] : [`--ip6 ${said.ip6}`]),
  ];
  if (networks.length === 1) return [];
  return details.map((shown) =>
    refusal(
      shown,
      networks.length === 0
        ? 'names and addresses are those of a network of your own, and none is given'
        : 'there are several networks',
      networks.length === 0
        ? 'add --network NAME'
        : 'say it of one of them: --network name=NAME,alias=ALIAS,ip=IP',
    ),
  );
}

function refusal(shown: string, message: string, next: string): Failure {
  return { code: 'VALUE_INVALID', message, next, place: argument(shown) };
}
