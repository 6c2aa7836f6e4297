import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { isSystemdUnit } from '../../model/systemd-unit.ts';
import { parseDependency } from '../dependency.ts';
import { refuse } from '../refuse.ts';
import type { ContainerInput } from './schema.ts';
import { instancesOf, type Scope } from './scope.ts';

/** The keys that relate a container to others, with the fields of ContainerSpec that they become. */
export const relationKeys = {
  after: 'after',
  before: 'before',
  requires: 'requires',
  wants: 'wants',
  part_of: 'partOf',
  conflicts: 'conflicts',
} as const;

export type RelationKey = keyof typeof relationKeys;

/** What a key of a container relates it to: full names of all copies, and units; each once, in order. */
export function lowerRelation(
  scope: Scope,
  name: string,
  input: ContainerInput,
  key: RelationKey,
): readonly string[] {
  if (input[key] === undefined) return [];
  const targets = relationsOf(input, key).flatMap(({ text, index }) => {
    const path = ['containers', name, key, ...(index === undefined ? [] : [index])];
    return scope.findings.take(resolveTarget(scope, name, text), path) ?? [];
  });
  return [...new Set(targets)];
}

/** The targets of a key as given; `index` where they are a list. */
function relationsOf(
  input: ContainerInput,
  key: RelationKey,
): readonly { readonly text: string; readonly index?: number }[] {
  const given = input[key];
  if (given === undefined) return [];
  return typeof given === 'string'
    ? [{ text: given }]
    : given.map((text, index) => ({ text: String(text), index }));
}

function resolveTarget(scope: Scope, from: string, text: string): Result<readonly string[]> {
  if (scope.counts.has(text)) return ownContainer(scope, from, text);
  const parsed = parseDependency(text);
  if (!parsed.ok) return parsed;
  const target = parsed.value;
  if (isSystemdUnit(target)) return ok([target]);
  const own = scope.owners.get(target);
  if (own !== undefined) return own === from ? ownContainer(scope, from, own) : ok([target]);
  // A full name of another app is known on the host only; so is one without a dot, which its unit's name tells apart.
  if (text !== target && !target.includes('.')) return ok([target]);
  if (target.includes('.') && !target.startsWith(`${scope.app}.`)) return ok([target]);
  return unknown(scope, text);
}

function ownContainer(scope: Scope, from: string, name: string): Result<readonly string[]> {
  if (name === from) return refuse('VALUE_INVALID', `${quote(name)} cannot wait for itself`, 'take it away');
  return ok(instancesOf(scope, name));
}

function unknown({ counts, app }: Scope, text: string): Result<never> {
  const near = nearest(text.replace(`${app}.`, ''), [...counts.keys()]);
  return refuse(
    'DEPENDENCY_UNKNOWN',
    `there is no container ${quote(text)} in the app ${app}`,
    near === undefined
      ? 'name a container of this app, one of another as APP.CONTAINER, or a unit with its suffix'
      : `did you mean ${quote(near)}?`,
  );
}
