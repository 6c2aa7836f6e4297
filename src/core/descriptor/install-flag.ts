import { ok, type Result } from '../../errors/failure.ts';
import type { ContainerSpec, HealthOptions, UnitSection } from '../model/container.ts';
import { specDefaults } from './spec-defaults.ts';
import type { SpecChange, Surroundings } from './spec-change.ts';

/** The heading under which help shows a flag. */
export type FlagGroup =
  'NETWORK' | 'STORAGE' | 'PROCESS' | 'SECURITY' | 'RESOURCE' | 'HEALTH' | 'LIFECYCLE' | 'LOG' | 'SYSTEMD';

/** The container without what a flag gave it: as if that flag had never been typed. */
export type Reset = (spec: ContainerSpec) => ContainerSpec;

/** One flag that says how a container is to be. The commands' flags, their help and docs/cli.md are made from these. */
export interface InstallFlag {
  readonly name: string;
  readonly short?: string;
  /** Other names that docker run has for it. */
  readonly aliases?: readonly string[];
  /** What stands for the value in help; a flag without one is a switch. */
  readonly value?: string;
  readonly repeatable: boolean;
  readonly summary: string;
  /** A value that parses. */
  readonly example: string;
  readonly group: FlagGroup;
  /** The value may hold a secret, and is shown in no message or history beyond the name of the variable. */
  readonly secret?: true;
  readonly parse: (text: string, surroundings: Surroundings) => Result<SpecChange>;
  /** What --reset of it does; absent where another flag takes away. */
  readonly reset?: Reset;
}

/** The change that a value which was read asks for. */
export function mapResult<T>(result: Result<T>, change: (value: T) => SpecChange): Result<SpecChange> {
  return result.ok ? ok(change(result.value)) : result;
}

/** Takes fields of the spec away, or puts their defaults back. */
export function withoutFields(...keys: readonly (keyof ContainerSpec)[]): Reset {
  return (spec) => {
    const kept = Object.entries(spec).filter(([key]) => !(keys as readonly string[]).includes(key));
    const defaults = Object.entries(specDefaults).filter(([key]) =>
      (keys as readonly string[]).includes(key),
    );
    return Object.fromEntries([...kept, ...defaults]) as unknown as ContainerSpec;
  };
}

/** Takes an option of the engine's away. */
export function withoutOption(flag: string): Reset {
  return ({ options = {}, ...spec }) => {
    const kept = Object.entries(options).filter(([name]) => name !== flag);
    return kept.length === 0 ? spec : { ...spec, options: Object.fromEntries(kept) };
  };
}

/** Takes one part of the health check away, so that the image's holds. */
export function withoutHealth(key: keyof HealthOptions): Reset {
  return ({ health = {}, ...spec }) => {
    const kept = Object.entries(health).filter(([name]) => name !== key);
    return kept.length === 0 ? spec : { ...spec, health: Object.fromEntries(kept) };
  };
}

/** Takes the directives of a section away; with names, only those. */
export function withoutDirectives(section: UnitSection, ...names: readonly string[]): Reset {
  return ({ directives = [], ...spec }) => {
    const kept = directives.filter(
      (each) => each.section !== section || (names.length > 0 && !names.includes(each.name)),
    );
    return kept.length === 0 ? spec : { ...spec, directives: kept };
  };
}
