import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { quoteCommand } from './quote.ts';

/** A session that runs a command; its stdout begins after the line that holds `mark`. */
export interface Session {
  readonly child: ChildProcessWithoutNullStreams;
  readonly mark: string;
}

/**
 * Sessions that stand before it is known what for. A session is there after two round trips, and the host hears its first
 * word one later still; one that waits already answers after one.
 */
export class Spares {
  readonly #waiting = new Set<Session>();

  /** A session of `waitingCommand`. */
  add(session: Session): void {
    const { child } = session;
    const forget = (): void => {
      this.#waiting.delete(session);
    };
    this.#waiting.add(session);
    // One that the host refuses is missed by nobody: what wants a session then begins its own, and is told.
    child.once('error', forget).once('exit', forget);
    child.stdin.on('error', forget);
  }

  /** A session that has just begun the command; undefined where none waits. */
  take(command: readonly string[]): Session | undefined {
    const [session] = this.#waiting;
    if (session === undefined) return undefined;
    this.#waiting.delete(session);
    session.child.stdin.write(`${Buffer.from(quoteCommand(command)).toString('base64')}\n`);
    return session;
  }

  /** Ends those that wait, by the end of their input, and returns them: a killed one would live on there for a moment. */
  end(): readonly ChildProcessWithoutNullStreams[] {
    const ended = [...this.#waiting].map(({ child }) => child);
    this.#waiting.clear();
    for (const child of ended) child.stdin.end();
    return ended;
  }
}
