import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { nearest } from './nearest.ts';

/** What of an instance a person may call it by. */
export interface Named {
  /** The full name: `web`, or `shop.web-2`. */
  readonly name: string;
  readonly container: string;
  /** The engine's name for it, where one was asked for, and further names on its networks. */
  readonly spec?: {
    readonly containerName?: string;
    readonly networks?: readonly { readonly aliases: readonly string[] }[];
  };
}

/** `ctr-web.service`, `ctr-web-ready.service` and `ctr-web` as the name in them; anything else as it is. */
function fromUnitName(given: string): string {
  return /^ctr-(.+?)(-ready)?(\.service)?$/.exec(given)?.[1] ?? given;
}

/**
 * The full name of the one instance that is meant by a full name, by a container's name, the engine's name for it or an
 * alias on its networks where that is unique, or by the name of its unit. NAME_UNKNOWN when there is none, or more than one.
 */
export function resolveName(given: string, known: readonly Named[]): Result<string> {
  const names = known.map(({ name }) => name);
  for (const candidate of [given, fromUnitName(given)]) {
    if (names.includes(candidate)) return ok(candidate);
    for (const isMeant of [isContainer, isCalled, hasAlias]) {
      const [first, ...others] = known.filter((each) => isMeant(each, candidate)).map(({ name }) => name);
      if (first !== undefined && others.length === 0) return ok(first);
      if (first !== undefined) return ambiguous(given, [first, ...others]);
    }
  }
  const near = nearest(fromUnitName(given), [...names, ...known.map(({ container }) => container)]);
  return err({
    code: 'NAME_UNKNOWN',
    message: `no container is called ${quote(given)}`,
    next: near === undefined ? 'see what there is: gear ls' : `did you mean ${near}? gear ls shows all`,
    subject: given,
  });
}

const isContainer = ({ container }: Named, name: string): boolean => container === name;

const isCalled = ({ spec }: Named, name: string): boolean => spec?.containerName === name;

const hasAlias = ({ spec }: Named, name: string): boolean =>
  (spec?.networks ?? []).some(({ aliases }) => aliases.includes(name));

function ambiguous(given: string, names: readonly string[]): Result<string> {
  return err({
    code: 'NAME_UNKNOWN',
    message: `${quote(given)} could be ${names.join(' or ')}`,
    next: 'give the full name, app and container with a dot between',
    subject: given,
  });
}

/** The full names, each once, in the order given; every one that is not known fails. */
export function resolveNames(given: readonly string[], known: readonly Named[]): Result<readonly string[]> {
  const results = given.map((name) => resolveName(name, known));
  const failures = results.flatMap((result) => (result.ok ? [] : result.failures));
  if (failures.length > 0) return err(...failures);
  return ok([...new Set(results.flatMap((result) => (result.ok ? [result.value] : [])))]);
}
