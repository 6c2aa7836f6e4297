import { errorTable } from '../errors/codes.ts';
import { type ExitKind, exitStatus } from '../errors/exit-status.ts';
import type { Failure } from '../errors/failure.ts';
import { printFailures } from '../report/failure.ts';
import { inScope } from '../report/scope-words.ts';
import { createStyle } from '../report/style.ts';

/** How a command prints JSON: as one document, or one object a line as things happen. */
export type JsonForm = 'document' | 'lines';

/** Ends a command that failed: in words on stderr, or with --json as an object on stdout; and the exit status. */
export function endWithFailures(found: readonly Failure[], json: JsonForm | null): void {
  const failures = inScopeAll(found);
  const indent = json === 'document' ? 2 : 0;
  if (json !== null)
    process.stdout.write(`${JSON.stringify({ error: failures[0], errors: failures }, null, indent)}\n`);
  else process.stderr.write(printFailures(failures, createStyle(process.stderr)));
  process.exitCode = statusOf(failures);
}

/** The same for a command that did the rest: with --json its value holds the failures. */
export function endPartly(found: readonly Failure[], json: boolean): void {
  const failures = inScopeAll(found);
  if (failures.length === 0) return;
  if (!json) process.stderr.write(printFailures(failures, createStyle(process.stderr)));
  process.exitCode = statusOf(failures);
}

function inScopeAll(failures: readonly Failure[]): readonly Failure[] {
  return failures.map((failure) => ({ ...failure, next: inScope(failure.next) }));
}

/** The gravest kind decides: the environment before the input, for it must be mended first. */
function statusOf(failures: readonly Failure[]): number {
  const kinds: readonly ExitKind[] = failures.map((failure) => errorTable[failure.code].exit);
  const order: readonly ExitKind[] = ['takenBack', 'environment', 'input', 'usage', 'partial'];
  return exitStatus[order.find((kind) => kinds.includes(kind)) ?? 'failed'];
}
