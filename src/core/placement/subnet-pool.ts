import { err, type Failure, ok, type Result } from '../../errors/failure.ts';
import type { NetworkSpec } from '../model/network.ts';
import { type Block, formatBlock, overlap, parseBlock } from '../model/cidr.ts';

interface Pool {
  readonly range: string;
  /** Prefix of the networks that it is cut into. */
  readonly prefix: number;
}

/**
 * Where gear takes IPv4 subnets from, the first that has room. All are private (RFC 1918), and not where Docker
 * (172.17 to 172.28, 192.168.0 to 192.168.240) or Podman (10.88, then 10.89.0 upwards) begin. More than one, for a VPN
 * may route all of 10.0.0.0/8. A /26 has room for 61 containers, and the first pool for 1024 networks.
 */
const ipv4Pools: readonly Pool[] = [
  { range: '10.201.0.0/16', prefix: 26 },
  { range: '172.30.0.0/16', prefix: 26 },
  { range: '192.168.248.0/21', prefix: 26 },
];

/** Unique local addresses (RFC 4193) of gear's own: they do not leave the host. */
const ipv6Pools: readonly Pool[] = [{ range: 'fd67:6561:7200::/48', prefix: 64 }];

/**
 * The network with its subnets chosen: those that it does not say itself, the first free ones of gear's pools against
 * `used` (CIDR; what cannot be read is left out). Only a bridge gets any: other drivers live in networks outside of the
 * host. SUBNET_EXHAUSTED.
 */
export function chooseSubnet(used: readonly string[], spec: NetworkSpec): Result<NetworkSpec> {
  if (spec.driver !== undefined && spec.driver !== 'bridge') return ok(spec);
  const blocks = used.map(parseBlock).filter((block) => block !== null);
  const subnet = spec.subnet ?? firstFree(ipv4Pools, blocks);
  if (subnet === null) return err(exhausted(ipv4Pools));
  if (spec.ipv6 !== true || spec.subnet6 !== undefined || subnet.includes(':'))
    return ok({ ...spec, subnet });
  const subnet6 = firstFree(ipv6Pools, blocks);
  return subnet6 === null ? err(exhausted(ipv6Pools)) : ok({ ...spec, subnet, subnet6 });
}

/** Whether a subnet lies in a pool of gear's own, so that most likely nobody but gear chose it. */
export function isChosenSubnet(subnet: string): boolean {
  const block = parseBlock(subnet);
  return block !== null && [...ipv4Pools, ...ipv6Pools].some(({ range }) => overlap(block, blockOf(range)));
}

/** Skips what is in the way block by block: a large route is one step, and not one for each subnet in it. */
function firstFree(pools: readonly Pool[], used: readonly Block[]): string | null {
  for (const { range: text, prefix } of pools) {
    const range = blockOf(text);
    const { family } = range;
    const { size } = blockOf(text.replace(/\/.*/, `/${String(prefix)}`));
    const inTheWay = used.filter((block) => overlap(block, range)).sort(byFirst);
    let first = range.first;
    for (const block of inTheWay) {
      if (overlap(block, { family, first, size })) first = roundUp(block.first + block.size, size);
    }
    if (first + size <= range.first + range.size) return formatBlock({ family, first, size });
  }
  return null;
}

function byFirst(a: Block, b: Block): number {
  return a.first < b.first ? -1 : Number(a.first > b.first);
}

function roundUp(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step) * step;
}

function blockOf(text: string): Block {
  const block = parseBlock(text);
  if (block === null) throw new Error(`${text} is no block of addresses`);
  return block;
}

function exhausted(pools: readonly Pool[]): Failure {
  const ranges = pools.map(({ range }) => range).join(', ');
  return {
    code: 'SUBNET_EXHAUSTED',
    message: `no subnet is free for a network: networks and routes of this host take all of ${ranges}`,
    next: 'give the network a free one in the descriptor: subnet: 10.99.0.0/24',
  };
}
