import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { orInterrupted } from './or-interrupted.ts';

/** What a flow came to on one of several hosts. */
export type HostOutcome<T> =
  | { readonly host: string; readonly ok: true; readonly value: T }
  | { readonly host: string; readonly ok: false; readonly failures: readonly Failure[] };

/** A host by its label, and what is asked of it. */
export interface HostTask<I> {
  readonly label: string;
  readonly input: I;
}

/** Hosts that are worked on at a time. */
export const mostHosts = 32;

interface OnHosts<K extends HostTask<I>, I, T> {
  readonly tasks: readonly K[];
  /** A context of the host's own; it is closed afterwards. */
  readonly connect: (task: K) => Promise<FlowContext>;
  readonly flow: (context: FlowContext, input: I, label: string) => Promise<Result<T>>;
  /** How many hosts at once. */
  readonly limit?: number;
}

/**
 * Runs a flow once a host, on all of them side by side, each in a context of its own. A host that fails, or is gone,
 * holds up none of the others; its outcome says why. In the order of the tasks.
 */
export async function onHosts<K extends HostTask<I>, I, T>({
  tasks,
  connect,
  flow,
  limit = mostHosts,
}: OnHosts<K, I, T>): Promise<readonly HostOutcome<T>[]> {
  const outcomes = new Map<K, HostOutcome<T>>();
  const queue = [...tasks];
  const worker = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      const { label: host, input } = task;
      const next = task;
      const result = await attempt(async () => {
        const context = await connect(next);
        try {
          return await valueOf(context, () =>
            orInterrupted(context.signal, () => flow(context, input, host)),
          );
        } finally {
          await context.host.close();
        }
      });
      outcomes.set(
        task,
        result.ok ? { host, ok: true, value: result.value } : { host, ok: false, failures: result.failures },
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker));
  return tasks.flatMap((task) => outcomes.get(task) ?? []);
}

/** The flow's value. Where it failed because the host is gone, that is told, whatever failed first. */
async function valueOf<T>({ host }: FlowContext, flow: () => Promise<Result<T>>): Promise<T> {
  const run = await attempt(flow);
  const result = run.ok ? run.value : run;
  if (result.ok) return result.value;
  throw new FailureError(...((await host.lost?.()) ?? result.failures));
}
