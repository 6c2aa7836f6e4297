import type { Instance } from '../model/instance.ts';
import { portsOverlap, portText } from '../model/ports.ts';
import type { Observed } from './observed.ts';

/**
 * Instances that stay and publish a port which another one publishes from now on, with the reason to stop them first:
 * else the new owner may find it still taken.
 */
export function portsGivenAway(
  observed: Observed,
  desired: readonly Instance[],
): ReadonlyMap<string, string> {
  const wanted = new Map<number, Instance[]>();
  for (const instance of desired) {
    for (const { hostPort } of instance.spec.ports) {
      wanted.set(hostPort, [...(wanted.get(hostPort) ?? []), instance]);
    }
  }
  return new Map(
    (observed.manifest?.instances ?? []).flatMap((before) =>
      before.spec.ports.flatMap((port): readonly (readonly [string, string])[] => {
        const taker = wanted
          .get(port.hostPort)
          ?.find(
            ({ name, spec }) => name !== before.name && spec.ports.some((each) => portsOverlap(each, port)),
          );
        return taker === undefined ? [] : [[before.name, `gives port ${portText(port)} to ${taker.name}`]];
      }),
    ),
  );
}
