import type { Failure } from '../../errors/failure.ts';
import { changeSpec } from '../model/change-spec.ts';
import type { ContainerSpec, EngineKind } from '../model/container.ts';
import { contradictions, gaps } from './contradictions.ts';
import { refusedByEngine } from './options/engine-only.ts';
import type { SetChange } from './parse-set.ts';
import { resetFlags } from './reset.ts';

/** The container with a change of `gear set`: first what is reset goes, then what is given comes. */
export function applyChange(spec: ContainerSpec, change: Pick<SetChange, 'spec' | 'reset'>): ContainerSpec {
  return changeSpec(resetFlags(spec, change.reset), change.spec);
}

/** What forbids a whole container: it contradicts itself, or its engine does not know what it asks for. */
export function checkSpec(spec: ContainerSpec, engine: EngineKind): readonly Failure[] {
  return [...contradictions(spec), ...gaps(spec), ...refusedByEngine(spec, engine)];
}
