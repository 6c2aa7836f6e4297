import type { ErrorCode } from './codes.ts';

/** Where in the user's text a failure lies; `line` and `column` count from 1. */
export interface Place {
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
  /** The line, or the argument. */
  readonly text?: string;
  /** The column that `text` begins at, where a long line was cut. */
  readonly textColumn?: number;
}

/**
 * An expected failure: a value, never thrown across a pure boundary. `message` says what happened to what, in
 * one sentence without secrets; `next` is what the administrator can type or do; `details` are further lines,
 * such as the last log lines of a container.
 */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string;
  readonly place?: Place;
  readonly subject?: string;
  readonly details?: readonly string[];
  /** How the program ended that this is about, where that is to be the command's own exit status: a job's. */
  readonly exitStatus?: number;
}

/** Either the value or what went wrong. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failures: readonly Failure[] };

/** Wraps a value as success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps one or more failures. */
export function err<T>(...failures: readonly Failure[]): Result<T> {
  return { ok: false, failures };
}

/**
 * Carries a Failure through a port: nearly every call on a host can fail for reasons of the environment, so
 * adapters throw this one class and `attempt` turns it back into a value at the edge of a flow.
 */
export class FailureError extends Error {
  readonly failures: readonly Failure[];

  constructor(...failures: readonly Failure[]) {
    super(failures.map((failure) => failure.message).join('; '));
    this.name = 'FailureError';
    this.failures = failures;
  }
}

/** The value, for a flow whose own `attempt` makes the failures a value again. FailureError with them. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}

/** Runs the work and returns its FailureError, if it throws one, as a value. Any other throw is a bug and passes. */
export async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failures: error.failures };
    throw error;
  }
}
