import { findCycles } from './cycles.ts';
import { findDirectiveMistakes } from './directives.ts';
import { findRepeatedNames } from './names.ts';
import { findSharedPorts } from './ports.ts';
import type { Finding, ReadApp } from './read-app.ts';
import { findStrangers } from './relations.ts';

/** What is wrong with apps that are each of the right form: within one of them, and between them. Pure, and linear. */
export function checkApps(apps: readonly ReadApp[]): readonly Finding[] {
  return [
    ...findRepeatedNames(apps),
    ...findStrangers(apps),
    ...findCycles(apps),
    ...findSharedPorts(apps),
    ...findDirectiveMistakes(apps),
  ];
}
