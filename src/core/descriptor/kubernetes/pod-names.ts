import type { Native } from '../foreign/foreign-writer.ts';
import { kubeName } from './pod-writing.ts';

type Members = readonly [readonly [string, Native], ...(readonly (readonly [string, Native])[])];

/** A pod as it is written, with the container that has its network first. */
export interface PodNames {
  readonly name: string;
  readonly members: Members;
  /** What a container is called within it. */
  readonly nameIn: (container: string) => string;
}

/**
 * The names of pods and of what is in them, so that whoever reads them finds the containers under their own names where
 * that can be: a container of a pod of several is read as POD-NAME, one alone as POD.
 */
export function podNames(groups: readonly Members[]): readonly PodNames[] {
  const taken = new Set(groups.map(([[holder]]) => kubeName(holder)));
  return groups.map((members) => {
    const prefix = members.length === 1 ? undefined : sharedPrefix(members.map(([name]) => name));
    const [[holder]] = members;
    if (prefix === undefined || taken.has(kubeName(prefix)))
      return { name: kubeName(holder), members, nameIn: kubeName };
    taken.add(kubeName(prefix));
    return { name: kubeName(prefix), members, nameIn: (name) => kubeName(name.slice(prefix.length + 1)) };
  });
}

/** What all names have before a dash, the longest there is: `shop` of `shop-web` and `shop-db`. */
function sharedPrefix([first = '', ...others]: readonly string[]): string | undefined {
  for (let end = first.lastIndexOf('-'); end > 0; end = first.lastIndexOf('-', end - 1)) {
    const prefix = first.slice(0, end);
    const isShared = others.every((name) => name.startsWith(`${prefix}-`) && name.length > end + 1);
    if (isShared && first.length > end + 1) return prefix;
  }
  return undefined;
}
