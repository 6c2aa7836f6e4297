/**
 * Calls methods of the engine port on the host that this runs on, one after the other: KIND and JSON of
 * [[METHOD, ARGUMENT…]…]. Prints JSON of the results; a failure is told by its code.
 */
import { connectEngine } from '../../../src/adapters/engine/connect.ts';
import type { EngineKind } from '../../../src/core/model/container.ts';
import { FailureError } from '../../../src/errors/failure.ts';

type Call = readonly [method: string, ...args: unknown[]];

async function main(kind: EngineKind, calls: readonly Call[]): Promise<void> {
  const engine = await connectEngine(kind);
  const methods = engine as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
  const results: unknown[] = [];
  for (const [method, ...args] of calls) {
    try {
      results.push((await methods[method]?.(...args)) ?? null);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      results.push(error.failures.map(({ code }) => code).join());
    }
  }
  process.stdout.write(JSON.stringify(results));
  process.exit(0);
}

const [kind = '', calls = '[]'] = process.argv.slice(2);
void main(kind as EngineKind, JSON.parse(calls) as readonly Call[]);
