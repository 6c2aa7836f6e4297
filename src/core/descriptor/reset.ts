import type { Failure } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { ContainerSpec } from '../model/container.ts';
import { nearest } from '../model/nearest.ts';
import { type FlagValues, valuesOf } from './collect-changes.ts';
import { type Reset, withoutFields } from './install-flag.ts';
import { installFlags } from './install-flags.ts';
import { argument } from './refuse.ts';

/** What has no flag, and can be taken away all the same. */
const command = 'command';

const resets: ReadonlyMap<string, Reset> = new Map([
  [command, withoutFields('command')],
  ...installFlags.flatMap(({ name, aliases = [], reset }): (readonly [string, Reset])[] =>
    reset === undefined ? [] : [name, ...aliases].map((each) => [each, reset] as const),
  ),
]);

/** The container as if these flags had never been given. */
export function resetFlags(spec: ContainerSpec, flags: readonly string[]): ContainerSpec {
  return flags.reduce((rest, flag) => resets.get(flag)?.(rest) ?? rest, spec);
}

/** What is wrong with --reset of a flag, by the flags that are given beside it. */
export function checkReset(name: string, flags: FlagValues, commandGiven: boolean): readonly Failure[] {
  const place = argument(`--reset ${name}`);
  if (!resets.has(name)) {
    return [{ code: 'VALUE_INVALID', message: `${quote(name)} cannot be reset`, next: advice(name), place }];
  }
  const given = name === command ? commandGiven : valuesOf(flags, name).length > 0;
  if (!given) return [];
  return [
    {
      code: 'VALUE_INVALID',
      message: `${name} is both given and reset`,
      next: 'take --reset away: what is given replaces what was',
      place,
    },
  ];
}

function advice(name: string): string {
  const bare = name.replace(/^-+/, '');
  if (bare === 'env' || bare === 'env-file') return 'name the variable: --unset-env KEY';
  if (bare === 'image') return 'give another: --image IMAGE';
  const near = nearest(bare, [...resets.keys()]);
  return near === undefined
    ? 'give the name of a flag without its dashes, such as memory; or command'
    : `did you mean --reset ${near}?`;
}
