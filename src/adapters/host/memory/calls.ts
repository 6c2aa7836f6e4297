import type { Failure } from '../../../errors/failure.ts';
import { FailureError } from '../../../errors/failure.ts';

/** Stands for SIGKILL of gear: no expected failure, so nothing may catch it. */
export class Killed extends Error {
  constructor(call: string) {
    super(`killed before ${call}`);
    this.name = 'Killed';
  }
}

interface Refusal {
  readonly matches: RegExp;
  readonly failure: Failure;
  /** How many matching calls still pass before it. */
  passing: number;
}

/**
 * Every call that changes the host, in order, as `port.method subject`; and the faults that a test puts in its way. What
 * is refused or comes after a kill is not done and not noted.
 */
export class CallLog {
  readonly #done: string[] = [];
  #refusals: Refusal[] = [];
  #lives = Infinity;
  /** What is thrown when these are spent; null stands for a kill. */
  #end: Failure | null = null;

  /** All calls, or those since a mark. */
  since(mark = 0): readonly string[] {
    return this.#done.slice(mark);
  }

  /** The number of calls so far. */
  get mark(): number {
    return this.#done.length;
  }

  /** Refuses the n-th call, from now on, that matches; the others pass. */
  refuse(matches: RegExp, failure: Failure, nth = 1): void {
    this.#refusals.push({ matches, failure, passing: nth - 1 });
  }

  /** Lets so many more calls through; each one after them throws Killed, until `revive`. */
  killAfter(calls: number): void {
    this.#lives = calls;
    this.#end = null;
  }

  /** Lets so many more calls through; each one after them fails, as over a connection that is lost, until `revive`. */
  refuseAfter(calls: number, failure: Failure): void {
    this.#lives = calls;
    this.#end = failure;
  }

  /** Ends faults of all kinds. */
  revive(): void {
    this.#lives = Infinity;
    this.#refusals = [];
  }

  /** For the ports: to be called before the change is made. */
  note(call: string): void {
    if (this.#lives <= 0) throw this.#end === null ? new Killed(call) : new FailureError(this.#end);
    const refusal = this.#refusals.find((each) => each.matches.test(call));
    if (refusal !== undefined) {
      if (refusal.passing === 0) {
        this.#refusals = this.#refusals.filter((each) => each !== refusal);
        throw new FailureError(refusal.failure);
      }
      refusal.passing--;
    }
    this.#lives--;
    this.#done.push(call);
  }
}
