import { findSharedAddresses } from './addresses.ts';
import { asStated, type CheckTarget } from './check-target.ts';
import { findSharedContainerNames } from './container-names.ts';
import { findCycles } from './cycles.ts';
import { findDirectiveMistakes } from './directives.ts';
import { findWithPlaces } from './find-with-places.ts';
import { findRepeatedNames } from './names.ts';
import { findSharedPorts } from './ports.ts';
import type { Finding, ReadApp } from './read-app.ts';
import { findStrangers } from './relations.ts';
import { findSpecMistakes } from './specs.ts';

const finders = [
  ...[findRepeatedNames, findStrangers, findCycles],
  ...[findSharedPorts, findSharedAddresses, findSharedContainerNames],
] as const;
const targetFinders = [findSpecMistakes, findDirectiveMistakes] as const;

/** What is wrong with apps that are each of the right form: within one of them, and between them. Linear. */
export function checkApps(
  apps: readonly ReadApp[],
  target: CheckTarget = asStated,
): Promise<readonly Finding[]> {
  return findWithPlaces(apps, (all) => [
    ...finders.flatMap((find) => find(all)),
    ...targetFinders.flatMap((find) => find(all, target)),
  ]);
}

/** What is wrong between apps that are each right by themselves. */
export function checkBetween(apps: readonly ReadApp[]): Promise<readonly Finding[]> {
  return findWithPlaces(apps, (all) => finders.flatMap((find) => find(all)));
}

/** What of apps that are right by themselves cannot be where they are to run. */
export function checkForTarget(
  apps: readonly ReadApp[],
  target: CheckTarget = asStated,
): Promise<readonly Finding[]> {
  return findWithPlaces(apps, (all) => targetFinders.flatMap((find) => find(all, target)));
}
