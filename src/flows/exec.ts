import { attempt, type Result } from '../errors/failure.ts';
import type { ExecReport } from '../report/values-of-runs.ts';
import type { FlowContext } from './context.ts';
import { engineLine } from './engine-command.ts';
import { oneInstance, runningContainer } from './running-container.ts';

/** `gear exec`. */
export interface ExecInput {
  readonly name: string;
  readonly command: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  /** gear's own streams are a terminal. */
  readonly terminal: boolean;
  /** What the program writes to stdout goes to stderr. */
  readonly quiet: boolean;
}

/** Runs a program in a running container, with gear's own streams, and tells how it ended. */
export async function execIn(context: FlowContext, input: ExecInput): Promise<Result<ExecReport>> {
  return attempt(async () => {
    const instance = await oneInstance(context, input.name);
    const container = await runningContainer(context, instance);
    const line = await engineLine(context, instance.engine, [
      ...['exec', '--interactive', ...(input.terminal ? ['--tty'] : [])],
      ...(input.user === undefined ? [] : ['--user', input.user]),
      ...(input.workdir === undefined ? [] : ['--workdir', input.workdir]),
      container.id,
      ...input.command,
    ]);
    const exitStatus = await context.host.attach(line, { signal: context.signal, quiet: input.quiet });
    return { name: instance.name, exitStatus };
  });
}
