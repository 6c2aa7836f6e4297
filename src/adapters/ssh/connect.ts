import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCrowded } from './failure.ts';
import type { Connected, openShell } from './open-shell.ts';
import { Slots } from './slots.ts';

/** Logging in over jumps, with a key that wants to be touched. */
export const loginTimeoutMs = 15_000;
/** A connection that is kept logs nobody in. */
const keptTimeoutMs = 4_000;
const triesWhenCrowded = 6;
const firstPauseMs = 200;

/** sshd's MaxStartups is 10: so many connections of this process begin at once, to whichever hosts. */
const starts = new Slots(10);

interface ConnectParts {
  /** The control socket; there is a connection already where it is there. */
  readonly path: string;
  readonly greet: (timeoutMs: number) => ReturnType<typeof openShell>;
  /** Ends the connection that is kept. */
  readonly endKept: () => Promise<void>;
  /** Whether nobody wants it any more. */
  readonly isClosed: () => boolean;
}

/** Opens a shell over the connection that is kept, or a new one: where that has died, or sshd is crowded, once more. */
export async function connect({ path, greet, endKept, isClosed }: ConnectParts): Promise<Connected> {
  const giveBack = await starts.take();
  try {
    for (let tried = 1; ; tried++) {
      const reused = existsSync(path);
      const outcome = await greet(reused ? keptTimeoutMs : loginTimeoutMs);
      if ('shell' in outcome) return outcome;
      // A connection that was kept and has died in the meantime says nothing about the host.
      const again = (reused && tried === 1) || (isCrowded(outcome.said) && tried < triesWhenCrowded);
      if (!again || isClosed()) throw outcome.failure;
      if (reused && outcome.isSilent) await endKept();
      if (!reused) await sleep(firstPauseMs * 2 ** (tried - 1) * (1 + Math.random()));
    }
  } finally {
    giveBack();
  }
}
