import { posix } from 'node:path';
import type { EngineKind } from '../../../core/model/container.ts';
import type { MemoryEngine } from './engine.ts';
import type { EngineCall } from './engine-call.ts';
import { passGates } from './gates.ts';
import type { UnitText } from './unit-text.ts';
import { flagValues } from './unit-text.ts';

/**
 * What a container does when it is started. `never ready` runs, but its ready unit fails; `hangs at start` leaves the
 * start job open until the unit is stopped or `settle`d. `fails at reload` runs, but cannot take up changed files.
 */
export type Behaviour = 'runs' | 'fails at start' | 'never ready' | 'hangs at start' | 'fails at reload';

/** How starting the commands of a unit went. */
export type Started =
  | { readonly as: 'running'; readonly pid: number }
  | { readonly as: 'failed'; readonly status: number }
  | { readonly as: 'hanging' };

/** What stands behind the units: containers of the engines in memory, or nothing. */
export class Payloads {
  /** By unit, or by the hash of the container's form; what is not named runs. */
  readonly behaviours = new Map<string, Behaviour>();
  readonly #engines: ReadonlyMap<EngineKind, MemoryEngine>;
  /** What each unit started: its text may be another by the time it is stopped. */
  readonly #running = new Map<string, { readonly call: EngineCall; readonly text: UnitText }>();
  #lastPid = 100_000;

  constructor(engines: ReadonlyMap<EngineKind, MemoryEngine>) {
    this.#engines = engines;
  }

  /** What a unit does: by its own name first, then by the form of its container. */
  behaviourOf(unit: string, text: UnitText): Behaviour {
    return this.behaviours.get(unit) ?? this.behaviours.get(this.#hashOf(text)) ?? 'runs';
  }

  /** Runs ExecStartPre and ExecStart: the right container of the right engine, or just some process. */
  start(unit: string, text: UnitText, isActive: (unit: string) => boolean): Started {
    const call = this.#callOf(text);
    if (call?.engine.up === false) return { as: 'failed', status: 1 };
    if (!passGates(text, call, isActive)) return { as: 'failed', status: 1 };
    const behaviour = this.behaviourOf(unit, text);
    if (behaviour === 'hangs at start') return { as: 'hanging' };
    if (call === null) return { as: 'running', pid: ++this.#lastPid };
    if (call.kind === 'podman' && !createAnew(call)) return { as: 'failed', status: 125 };
    const pid = call.engine.containers.run(call.name);
    if (pid === 0) return { as: 'failed', status: 1 };
    this.#running.set(unit, { call, text });
    if (behaviour !== 'fails at start') return { as: 'running', pid };
    this.end(unit);
    return { as: 'failed', status: 1 };
  }

  /** Ends the process of a unit. Docker's containers are kept; Podman's go where the unit says so. */
  end(unit: string): void {
    const running = this.#running.get(unit);
    if (running === undefined) return;
    this.#running.delete(unit);
    const { call, text } = running;
    call.engine.containers.end(call.name);
    const removes =
      call.words.includes('--rm') || text.commands('ExecStopPost').some((words) => words.includes('rm'));
    if (call.kind === 'podman' && removes) call.engine.containers.remove(call.name);
  }

  /** Every process is gone at once, and what would have been done on a stop is not. */
  powerOff(): void {
    this.#running.clear();
    for (const { containers } of this.#engines.values())
      for (const { name } of containers.all()) containers.end(name);
  }

  #callOf(text: UnitText): EngineCall | null {
    for (const words of text.commands('ExecStart')) {
      // Gates are given the engine's command too, but they run no container.
      const kind = posix.basename(words[0] ?? '');
      const engine = isEngine(kind) ? this.#engines.get(kind) : undefined;
      if (!isEngine(kind) || engine === undefined) continue;
      const name = kind === 'docker' ? words.at(-1) : flagValues(words, '--name')[0];
      if (name !== undefined) return { engine, kind, name, words: words.slice(1) };
    }
    return null;
  }

  #hashOf(text: UnitText): string {
    const marker = text.words('Environment').find((word) => word.startsWith('GEAR_HASH='));
    if (marker !== undefined) return marker.slice('GEAR_HASH='.length);
    const call = this.#callOf(text);
    if (call === null) return '';
    const label = flagValues(call.words, '--label').find((each) => each.startsWith('gear.hash='));
    return label?.slice('gear.hash='.length) ?? call.name.slice(call.name.lastIndexOf('.') + 1);
  }
}

/** `podman run`: a container of its name is replaced where the command says so. */
function createAnew({ engine, name, words }: EngineCall): boolean {
  if (words.includes('--replace')) engine.containers.remove(name);
  return engine.containers.create(name, words) === null;
}

function isEngine(word: string): word is EngineKind {
  return word === 'docker' || word === 'podman';
}
