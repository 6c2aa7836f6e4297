import { quote } from '../../../errors/quote.ts';
import type { Failure } from '../../../errors/failure.ts';
import type { Directive, UnitSection } from '../../model/container.ts';
import { nearest } from '../../model/nearest.ts';
import type { CheckTarget } from './check-target.ts';
import { directiveTable } from './directive-table.ts';
import type { Finding, ReadApp } from './read-app.ts';

/** systemd.syntax(7), systemd.time(7) and systemd.resource-control(5). */
const forms = {
  boolean: {
    pattern: /^(1|0|yes|no|y|n|true|false|t|f|on|off)$/i,
    what: 'yes or no',
    next: 'write yes or no',
  },
  time: {
    pattern:
      /^(infinity|(\s*\d+(\.\d+)?\s*(usec|us|µs|msec|ms|seconds?|sec|s|minutes?|min|months?|m|M|hours?|hr|h|days?|d|weeks?|w|years?|y)?)+)$/,
    what: 'a time span',
    next: 'write it as 30s, 5min or infinity; a bare number is seconds',
  },
  size: {
    pattern: /^(infinity|\d+(\.\d+)?%|\d+(\.\d+)?\s*[KMGTPE]?)$/,
    what: 'an amount of memory',
    next: 'write it as 512M, 50% or infinity',
  },
} as const;

/**
 * DIRECTIVE_UNKNOWN for directives that systemd does not have in their section, or not yet in the version given;
 * VALUE_INVALID for values of a type that it could not read.
 */
export function findDirectiveMistakes(
  apps: readonly ReadApp[],
  { systemdVersion = Number.POSITIVE_INFINITY }: Pick<CheckTarget, 'systemdVersion'>,
): readonly Finding[] {
  return apps.flatMap((app) => {
    const once = app.request.containers.filter(({ copy = 1 }) => copy === 1);
    return once.flatMap(({ container, spec }) =>
      (spec.directives ?? []).flatMap((directive): readonly Finding[] => {
        const mistake = mistakeOf(directive, systemdVersion);
        if (mistake === null) return [];
        const { part, ...failure } = mistake;
        const path = ['containers', container, 'systemd', directive.section, directive.name];
        return [{ apps: [app], failure: { ...failure, place: app.place(path, part) } }];
      }),
    );
  });
}

type Mistake = Pick<Failure, 'code' | 'message' | 'next'> & { readonly part: 'key' | 'value' };

function mistakeOf({ section, name, value }: Directive, systemdVersion: number): Mistake | null {
  // systemd.unit(5): what begins so is for other programs.
  if (name.startsWith('X-')) return null;
  const table = directiveTable[section];
  const known = Object.hasOwn(table, name) ? table[name] : undefined;
  if (known === undefined) return unknown(section, name);
  if (known.since !== undefined && known.since > systemdVersion)
    return {
      code: 'DIRECTIVE_UNKNOWN',
      message: `${name}= came with systemd ${known.since}, and this is for ${systemdVersion}`,
      next: 'take it away, or use a newer systemd',
      part: 'key',
    };
  const form = known.type === undefined || value === '' ? undefined : forms[known.type];
  if (form === undefined || form.pattern.test(value)) return null;
  return {
    code: 'VALUE_INVALID',
    message: `${name}=${quote(value)} is not ${form.what}`,
    next: form.next,
    part: 'value',
  };
}

function unknown(section: UnitSection, name: string): Mistake {
  const elsewhere = (['Unit', 'Service', 'Install'] as const).find((other) =>
    Object.hasOwn(directiveTable[other], name),
  );
  const near = nearest(name, Object.keys(directiveTable[section]));
  const guess = near === undefined ? 'man 7 systemd.directives lists them' : `did you mean ${near}?`;
  return {
    code: 'DIRECTIVE_UNKNOWN',
    message: `systemd has no ${name}= in [${section}]`,
    next: elsewhere === undefined ? guess : `it belongs under ${elsewhere}`,
    part: 'key',
  };
}
