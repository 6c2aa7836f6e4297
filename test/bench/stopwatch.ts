import { createInterface } from 'node:readline';
import type { Host } from '../lab/host.ts';
import type { HostProcess } from '../lab/host-process.ts';

/** Where the folder of the benchmarks is on a measured host. */
export const benchFolder = '/opt/bench';

/** Times commands on a host, one after the other. */
export class Stopwatch {
  readonly #process: HostProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(process: HostProcess) {
    if (process.child.stdout === null) throw new Error('the stopwatch has no output');
    this.#process = process;
    this.#answers = createInterface({ input: process.child.stdout })[Symbol.asyncIterator]();
  }

  /** The lab gives it a clean environment: NODE_EXTRA_CA_CERTS, which costs each start of Node, is not in it. */
  static async on(host: Host): Promise<Stopwatch> {
    return new Stopwatch(await host.spawn(['node', `${benchFolder}/stopwatch.js`]));
  }

  /** Milliseconds from the start of a command to its end. A command that fails is an error, not a fast one. */
  async time(argv: readonly string[]): Promise<number> {
    this.#process.child.stdin?.write(`${JSON.stringify(argv)}\n`);
    const line = await this.#answers.next();
    if (line.done === true) throw new Error(`the stopwatch ended during ${argv.join(' ')}`);
    const answer = JSON.parse(line.value) as { ms: number; status: number | null; said: string };
    if (answer.status === 0) return answer.ms;
    throw new Error(`${argv.join(' ')} ended with status ${answer.status ?? 'none'}: ${answer.said}`);
  }

  async end(): Promise<void> {
    this.#process.child.stdin?.end();
    await this.#process.exited;
  }
}
