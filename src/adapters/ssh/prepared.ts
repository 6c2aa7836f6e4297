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
  #preparing: Promise<void> | undefined;

  /** Begins them, once. */
  prepare(parts: Preparing): Promise<void> {
    return (this.#preparing ??= this.#prepare(parts));
  }

  async #prepare({ canBegin, begin, hasDocker }: Preparing): Promise<void> {
    if (!(await canBegin())) return;
    this.lock.add(begin());
    for (let count = 0; count < sparesOfEngine; count++) this.engine.add(begin());
    if (!(await hasDocker())) this.engine.end();
  }

  /** Ends those that wait. */
  end(): void {
    this.lock.end();
    this.engine.end();
  }
}
