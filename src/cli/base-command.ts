import { Command } from '@oclif/core';
import { type ExitKind, exitStatus } from '../errors/exit-status.ts';
import { type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import { orInterrupted } from '../flows/or-interrupted.ts';
import { createProgress } from '../report/progress.ts';
import { valueInScope } from '../report/scope-words.ts';
import { createStyle, type Style } from '../report/style.ts';
import { createContext } from './context.ts';
import { endPartly, endWithFailures, type JsonForm } from './end-with-failures.ts';
import { listenForInterrupts } from './interrupts.ts';
import { usageFailure } from './usage-failure.ts';
import { folderGone } from './working-folder.ts';

interface FlowRun<T> {
  /** The command for the history, without values of the environment. */
  readonly command: string;
  readonly flow: (context: FlowContext) => Promise<Result<T>>;
  /** How the value reads; --json prints the value itself. */
  readonly print: (value: T, style: Style) => string;
  /** Ctrl-C is its ordinary end, of which nothing is said. */
  readonly endless?: boolean;
  /** So is that nobody reads its stdout any more. */
  readonly untilUnread?: boolean;
}

/** What all commands share: --json, one place that turns failures into words and an exit status, Ctrl-C. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  /** Runs one flow and prints what came of it. */
  protected async runFlow<T>({ command, flow, print, ...ends }: FlowRun<T>): Promise<T> {
    const { endless = false, untilUnread = false } = ends;
    const interrupts = listenForInterrupts({ silent: endless, untilUnread });
    const progress = createProgress(process.stderr, { quiet: this.jsonEnabled() });
    const { version } = this.config;
    const context = createContext({ command, version, emit: progress.emit, signal: interrupts.signal });
    try {
      const result = await orInterrupted(context.signal, () => flow(context));
      progress.end();
      if (!result.ok) throw new FailureError(...result.failures);
      const text = print(result.value, createStyle(process.stdout));
      if (!this.jsonEnabled() && text !== '') this.log(text);
      return result.value;
    } finally {
      progress.end();
      interrupts.end();
      await context.host.close();
    }
  }

  protected jsonForm(): JsonForm {
    return 'document';
  }

  /** oclif would take a missing word from stdin: a loop over lines of names would lose them, or stop what they name. */
  override async init(): Promise<void> {
    for (const arg of Object.values(this.ctor.args)) arg.ignoreStdin = true;
    await super.init();
  }

  protected override async catch(error: Error & { exitCode?: number }): Promise<unknown> {
    const failures = error instanceof FailureError ? error.failures : this.#expectedFailures(error);
    if (failures === null) return super.catch(error);
    endWithFailures(failures, this.jsonEnabled() ? this.jsonForm() : null);
    return undefined;
  }

  /** The exit status of a job that failed, in place of that of the failure's kind. */
  protected endAsJob(error: Error): void {
    if (!(error instanceof FailureError)) return;
    const status = error.failures.find((failure) => (failure.exitStatus ?? 0) !== 0)?.exitStatus;
    if (status !== undefined) process.exitCode = status;
  }

  /** Of errors that libraries and Node throw, those that need words of gear; null for a bug. */
  #expectedFailures(error: Error): readonly Failure[] | null {
    // oclif leaves them out where there are none, whatever its types say.
    const flags = this.ctor.flags as Readonly<Record<string, { description?: string }>> | undefined;
    const failure = folderGone(error) ?? usageFailure(error, this.id ?? '', flags ?? {});
    return failure === null ? null : [failure];
  }

  protected override toSuccessJson(result: unknown): unknown {
    return super.toSuccessJson(valueInScope(result));
  }

  /** Ends the command with what it could not do, after its value was printed; without failures it changes nothing. */
  protected endWithFailures(failures: readonly Failure[]): void {
    endPartly(failures, this.jsonEnabled());
  }

  /** Ends the command with a status other than 0 after its value was printed. */
  protected endWith(kind: ExitKind): void {
    process.exitCode = exitStatus[kind];
  }
}
