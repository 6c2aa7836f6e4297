import { instanceName } from '../../model/instance-name.ts';
import { parseBlock } from '../../model/cidr.ts';
import type { Finding, ReadApp } from './read-app.ts';

interface Taker {
  readonly app: ReadApp;
  readonly container: string;
  readonly owner: string;
}

/** ADDRESS_TAKEN for an address that two containers would both have on one network; told where the later one says so. */
export function findSharedAddresses(apps: readonly ReadApp[]): readonly Finding[] {
  const takers = new Map<string, Taker>();
  const findings: Finding[] = [];
  for (const app of apps) {
    for (const request of app.request.containers) {
      for (const { name, ip, ip6 } of request.spec.networks ?? []) {
        for (const address of [ip, ip6]) {
          if (address === undefined) continue;
          const later = { app, container: request.container, owner: instanceName(request) };
          // As a number, because IPv6 has several spellings.
          const key = `${name} ${String(parseBlock(address)?.first ?? address)}`;
          const earlier = takers.get(key);
          if (earlier === undefined) takers.set(key, later);
          else if (earlier.owner !== later.owner) findings.push(toFinding(later, earlier, address));
        }
      }
    }
  }
  return findings;
}

function toFinding(later: Taker, earlier: Taker, address: string): Finding {
  const { source, line } = earlier.app.place(['containers', earlier.container, 'networks']);
  return {
    apps: [...new Set([earlier.app, later.app])],
    failure: {
      code: 'ADDRESS_TAKEN',
      message: `${later.owner} and ${earlier.owner} would both have the address ${address} on one network`,
      next: `give one of them another, or none: they are reached by name; ${source}:${line ?? 1} has the other`,
      place: later.app.place(['containers', later.container, 'networks']),
    },
  };
}
