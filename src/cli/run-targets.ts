import type { Failure, Result } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import { type HostOutcome, onHosts } from '../flows/on-hosts.ts';
import type { GivenDescription } from '../ports/host-records.ts';
import type { MarkedEvent } from '../report/events.ts';
import { createContextOn } from './context.ts';
import { nextOn } from './next-on.ts';
import type { Target } from './targets.ts';

interface TargetsRun<I, T> {
  readonly targets: readonly Target<I>[];
  readonly command: string | ((input: I) => string);
  readonly version: string;
  readonly signal: AbortSignal;
  readonly emit: (event: MarkedEvent) => void;
  readonly flow: (context: FlowContext, input: I, host: string) => Promise<Result<T>>;
  readonly given?: (input: I) => Promise<Readonly<Record<string, GivenDescription>>>;
}

/** Runs a flow on every target at once; what happens there is told with the host's name. */
export function runTargets<I, T>({
  targets,
  emit,
  flow,
  command,
  given,
  ...options
}: TargetsRun<I, T>): Promise<readonly HostOutcome<T>[]> {
  return onHosts({
    tasks: targets,
    connect: async (target: Target<I>) =>
      createContextOn(target, {
        ...options,
        ...(given === undefined ? {} : { given: await given(target.input) }),
        command: typeof command === 'string' ? command : command(target.input),
        emit: (event) => emit({ ...event, host: target.label }),
      }),
    flow,
  });
}

/** Every failure with its host in the message, unless that says it. */
export function failuresOf(outcomes: readonly HostOutcome<unknown>[]): readonly Failure[] {
  return outcomes.flatMap((outcome) => (outcome.ok ? [] : markFailures(outcome.host, outcome.failures)));
}

/** The failures of a host, each with its name in the message and in what to type next. */
export function markFailures(host: string, failures: readonly Failure[]): readonly Failure[] {
  return failures.map((failure) =>
    failure.subject === host
      ? failure
      : {
          ...failure,
          message: `${host}: ${failure.message}`,
          ...(host === 'local' ? {} : { next: nextOn(host, failure.next) }),
        },
  );
}
