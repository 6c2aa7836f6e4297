import type { ExitKind } from '../errors/exit-status.ts';
import type { ChosenHost } from '../core/model/choose-hosts.ts';
import { type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import type { GivenDescription } from '../ports/host-records.ts';
import type { HostOutcome } from '../flows/on-hosts.ts';
import { createProgress } from '../report/progress.ts';
import { createStyle, type Style } from '../report/style.ts';
import { BaseCommand } from './base-command.ts';
import { listenForInterrupts } from './interrupts.ts';
import { isHere, type Target } from './targets.ts';

/** How a command ends beside what it prints. */
export interface Judgement {
  readonly kind?: ExitKind;
  readonly failures?: readonly Failure[];
}

/** The value of a command on this machine; where hosts were named, what became of each of them. */
export type OnHosts<T> = T | readonly HostOutcome<T>[];

interface HostsRun<I, T> {
  /** The command for the history, without values of the environment; it may differ by what a host is asked. */
  readonly command: string | ((input: I) => string);
  readonly targets: readonly Target<I>[];
  readonly flow: (context: FlowContext, input: I, host: string) => Promise<Result<T>>;
  /** How the value of one host reads. */
  readonly print: (value: T, style: Style) => string;
  /** How the values of several hosts read; absent: one after the other, each line with its host. */
  readonly printAll?: (
    values: readonly { readonly host: string; readonly value: T }[],
    style: Style,
  ) => string;
  /** How a value ends the command. */
  readonly judge?: (value: T) => Judgement;
  readonly endless?: boolean;
  readonly untilUnread?: boolean;
  /** How the apps of an input are described, for what is kept of their host. */
  readonly given?: (input: I) => Promise<Readonly<Record<string, GivenDescription>>>;
}

interface OneRun<T> extends Pick<HostsRun<null, T>, 'print'> {
  readonly command: string;
  readonly on: ChosenHost | null;
  readonly flow: (context: FlowContext) => Promise<Result<T>>;
}

/** What commands share that work on this machine, or on hosts over SSH. */
export abstract class HostsCommand extends BaseCommand {
  // oclif looks for it no further up than here.
  static override enableJsonFlag = true;

  /** Runs one flow on every host that was named, or on this machine, and prints what came of it. */
  protected async runOnHosts<I, T>({ targets, judge, ...run }: HostsRun<I, T>): Promise<OnHosts<T>> {
    const [only] = targets;
    if (only !== undefined && isHere(only)) {
      const { flow, command, given: _given, ...rest } = run;
      const line = typeof command === 'string' ? command : command(only.input);
      const value = await this.runFlow({
        ...rest,
        command: line,
        flow: (context) => flow(context, only.input, ''),
      });
      this.#end(judge === undefined ? [] : [judge(value)]);
      return value;
    }
    const outcomes = await this.#runTargets({ targets, ...run });
    const { failuresOf, markFailures } = await import('./run-targets.ts');
    const judged = outcomes.flatMap((outcome) => {
      const { kind, failures = [] } = outcome.ok && judge !== undefined ? judge(outcome.value) : {};
      return [{ failures: markFailures(outcome.host, failures), ...(kind === undefined ? {} : { kind }) }];
    });
    this.#end([{ failures: failuresOf(outcomes) }, ...judged]);
    return outcomes;
  }

  /** Runs one flow on the one host that was named, or on this machine where none was; its value stands alone. */
  protected async runOnOne<T>({ on, ...run }: OneRun<T>): Promise<T> {
    if (on === null) return this.runFlow(run);
    const { print, flow, ...rest } = run;
    const outcomes = await this.#runTargets({
      ...rest,
      targets: [{ ...on, input: null }],
      flow,
      print,
      printAll: (values, style) => values.map(({ value }) => print(value, style)).join('\n'),
    });
    const { failuresOf } = await import('./run-targets.ts');
    for (const outcome of outcomes) if (outcome.ok) return outcome.value;
    throw new FailureError(...failuresOf(outcomes));
  }

  async #runTargets<I, T>(run: Omit<HostsRun<I, T>, 'judge'>): Promise<readonly HostOutcome<T>[]> {
    const { endless = false, untilUnread = false } = run;
    const interrupts = listenForInterrupts({ silent: endless, untilUnread });
    const progress = createProgress(process.stderr, { quiet: this.jsonEnabled() });
    const { runTargets } = await import('./run-targets.ts');
    try {
      const outcomes = await runTargets({
        ...run,
        version: this.config.version,
        emit: progress.emit,
        signal: interrupts.signal,
      });
      progress.end();
      const values = outcomes.filter((outcome) => outcome.ok);
      const { printByHost } = await import('../report/hosts.ts');
      const style = createStyle(process.stdout);
      const text = run.printAll?.(values, style) ?? printByHost(values, run.print, style);
      if (!this.jsonEnabled() && text !== '') this.log(text);
      return outcomes;
    } finally {
      progress.end();
      interrupts.end();
    }
  }

  /** Failures decide before a kind, the first kind before the others. */
  #end(judgements: readonly Judgement[]): void {
    const kind = judgements.map((each) => each.kind).find((each) => each !== undefined);
    if (kind !== undefined) this.endWith(kind);
    this.endWithFailures(judgements.flatMap(({ failures = [] }) => failures));
  }
}
