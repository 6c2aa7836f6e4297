import { attempt, type Result } from '../errors/failure.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import type { JournalLine } from '../ports/journal.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';

interface LogsInput {
  readonly names: readonly string[];
  readonly lines?: number;
  /** Unix ms. */
  readonly sinceMs?: number;
  readonly follow: boolean;
}

/** The lines of the named containers, in order of time; with follow until the context's signal aborts. */
export async function readLogs(
  context: FlowContext,
  input: LogsInput,
): Promise<Result<AsyncIterable<JournalLine>>> {
  return attempt(async () => {
    const { instances } = await namedInstances(context, input.names);
    const { names: _names, ...options } = input;
    return context.host.journal.read({
      ...options,
      // What its check says is told by the unit that waits for it.
      units: instances.flatMap(({ name, check }) =>
        check === null ? [unitName(name)] : [unitName(name), readyUnitName(name)],
      ),
      signal: context.signal,
    });
  });
}
