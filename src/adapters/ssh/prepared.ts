import type { ChildProcess } from 'node:child_process';
import type { Slots } from './slots.ts';
import { type Session, Spares } from './spares.ts';

/** As many as an engine's short requests have. */
const sparesOfEngine = 2;

interface Preparing {
  /** Whether there is a connection over which they can begin before the host has greeted. */
  readonly canBegin: () => Promise<boolean>;
  readonly begin: () => Session;
  readonly hasDocker: () => Promise<boolean>;
}

/** The sessions that a change of a host asks for, begun before it is known with what. */
export class PreparedSessions {
  readonly lock = new Spares();
  readonly engine = new Spares();
  readonly #slots: Slots;
  #preparing: Promise<void> | undefined;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** Begins them, once. */
  prepare(parts: Preparing): Promise<void> {
    return (this.#preparing ??= this.#prepare(parts));
  }

  async #prepare({ canBegin, begin, hasDocker }: Preparing): Promise<void> {
    if (!(await canBegin())) return;
    this.lock.add(begin());
    for (let count = 0; count < sparesOfEngine; count++) this.engine.add(begin());
    if (!(await hasDocker())) this.endEngine();
  }

  /** Ends those that wait. */
  end(): void {
    this.lock.end();
    this.endEngine();
  }

  /** Ends those of the engine that wait. Each has a slot from now on until it has ended, since sshd counts it until then. */
  endEngine(): void {
    for (const child of this.engine.end()) void this.#heldUntilEnd(child);
  }

  async #heldUntilEnd(child: ChildProcess): Promise<void> {
    const release = await this.#slots.take();
    if (child.exitCode === null && child.signalCode === null)
      child.once('exit', release).once('error', release);
    else release();
  }
}
