import { type Failure, ok, type Result } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import { type HostOutcome, onHosts } from '../flows/on-hosts.ts';
import type { GivenDescription } from '../ports/host-records.ts';
import type { Event, MarkedEvent } from '../report/events.ts';
import { createContextOn } from './context.ts';
import { commandsOn, nextOn, warningsOn } from './next-on.ts';
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
        emit: (event) => emit({ ...asTypedOn(target.label, event), host: target.label }),
      }),
    flow: async (context, input: I, host) => {
      const result = await flow(context, input, host);
      return result.ok && isOther(host) ? ok(warningsOn(host, result.value)) : result;
    },
  });
}

/** This machine has no label where it is alone, and else that of its own. */
function isOther(host: string): boolean {
  return host !== '' && host !== 'local';
}

/** What is told meanwhile may say what to type, too. */
function asTypedOn(host: string, event: Event): Event {
  if (!isOther(host) || (event.type !== 'warning' && event.type !== 'notice')) return event;
  return { ...event, message: commandsOn(host, event.message) };
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
          ...(isOther(host) ? { next: nextOn(host, failure.next) } : {}),
        },
  );
}
