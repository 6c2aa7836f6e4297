import { attempt, type Failure } from '../errors/failure.ts';
import {
  type Operation,
  type OperationKind,
  type OperationOf,
  type Stage,
  stages,
} from '../core/plan/operation.ts';
import type { Emit } from '../report/events.ts';
import { executors } from './executors.ts';
import type { Tools } from './tools.ts';

/** How many operations of one stage run at once: more only queue up in the engine. */
const concurrency = 24;

/** What became of a walk. Stages after a failed one were not begun. */
export interface Outcome {
  readonly done: readonly Operation[];
  readonly failed: readonly { readonly operation: Operation; readonly failures: readonly Failure[] }[];
  readonly interrupted: boolean;
}

interface Walk {
  readonly tools: Tools;
  readonly emit: Emit;
  readonly onEffect?: (() => void) | undefined;
}

/**
 * Walks the operations stage by stage, those of one stage side by side, and decides nothing. A failure lets its stage
 * end and begins no other; an interruption begins no further operation.
 */
export async function execute(
  walk: Walk,
  operations: readonly Operation[],
  range: { readonly from?: Stage; readonly to?: Stage } = {},
): Promise<Outcome> {
  const done: Operation[] = [];
  const failed: { operation: Operation; failures: readonly Failure[] }[] = [];
  const first = range.from === undefined ? 0 : stages.indexOf(range.from);
  const last = range.to === undefined ? stages.length - 1 : stages.indexOf(range.to);
  for (const stage of stages.slice(first, last + 1)) {
    const queue = operations.filter((operation) => operation.stage === stage);
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && !walk.tools.signal.aborted; next = queue.shift()) {
        const failures = await perform(walk, next);
        if (failures === null) done.push(next);
        else failed.push({ operation: next, failures });
      }
    };
    // Where one breaks, the others have ended before that is known: nothing goes on when the lock is given back.
    const ended = await Promise.allSettled(
      Array.from({ length: Math.min(concurrency, queue.length) }, worker),
    );
    const broken = ended.find((each) => each.status === 'rejected');
    if (broken !== undefined) throw broken.reason;
    if (failed.length > 0 || walk.tools.signal.aborted) break;
  }
  return { done, failed, interrupted: walk.tools.signal.aborted };
}

async function perform(walk: Walk, operation: Operation): Promise<readonly Failure[] | null> {
  const { kind, subject, reason } = operation;
  const startMs = walk.tools.clock.passedMs();
  walk.emit({ type: 'operation', phase: 'started', kind, subject, reason });
  const result = await attempt(() => run(walk.tools, operation));
  const elapsedMs = walk.tools.clock.passedMs() - startMs;
  walk.emit({ type: 'operation', phase: result.ok ? 'done' : 'failed', kind, subject, reason, elapsedMs });
  walk.onEffect?.();
  return result.ok ? null : result.failures;
}

function run<K extends OperationKind>(tools: Tools, operation: OperationOf<K>): Promise<void> {
  const executor = executors[operation.kind] as (tools: Tools, operation: OperationOf<K>) => Promise<void>;
  return executor(tools, operation);
}
