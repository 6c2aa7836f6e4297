import { findCycles } from './cycles.ts';
import { findDirectiveMistakes } from './directives.ts';
import { findWithPlaces } from './find-with-places.ts';
import { findRepeatedNames } from './names.ts';
import { findSharedPorts } from './ports.ts';
import type { Finding, ReadApp } from './read-app.ts';
import { findStrangers } from './relations.ts';

const finders = [
  findRepeatedNames,
  findStrangers,
  findCycles,
  findSharedPorts,
  findDirectiveMistakes,
] as const;

/** What is wrong with apps that are each of the right form: within one of them, and between them. Linear. */
export function checkApps(apps: readonly ReadApp[]): Promise<readonly Finding[]> {
  return findWithPlaces(apps, (all) => finders.flatMap((find) => find(all)));
}
