import type { PortMapping } from '../model/container.ts';
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

/** A container that cannot keep a port, because another one has it again. */
export interface LostPort {
  readonly loser: Instance;
  readonly port: PortMapping;
  readonly owner: Instance;
}

/** Which of the `tried` lose a port when those of the given names go back to what they were `before`. */
export function portsLost(
  before: readonly Instance[],
  tried: readonly Instance[],
  back: ReadonlySet<string>,
): readonly LostPort[] {
  const returning = before.filter(({ name }) => back.has(name));
  return tried
    .filter(({ name }) => !back.has(name))
    .flatMap((loser) =>
      loser.spec.ports.flatMap((port): readonly LostPort[] => {
        const owner = returning.find(({ spec }) => spec.ports.some((each) => portsOverlap(each, port)));
        return owner === undefined ? [] : [{ loser, port, owner }];
      }),
    );
}
