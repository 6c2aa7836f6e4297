import { setTimeout as sleep } from 'node:timers/promises';
import { isCrowded } from './failure.ts';
import type { Connected, Refused } from './open-shell.ts';
import { Slots } from './slots.ts';

/** A connection that is kept logs nobody in, so a host that is well greets over it within a few round trips. */
const keptPatienceMs = 4_000;
const triesWhenCrowded = 6;
const firstPauseMs = 200;

/** sshd's MaxStartups is 10: so many connections of this process begin at once, to whichever hosts. */
const starts = new Slots(10);

/** A connection beside the one that is kept. */
export interface Anew {
  readonly outcome: Promise<Connected | Refused>;
  /** It takes the place of the other. */
  readonly take: () => Promise<void>;
  /** It is not wanted. */
  readonly drop: () => Promise<void>;
}

interface ConnectParts {
  /** Whether a connection is kept from an earlier command. */
  readonly isKept: () => Promise<boolean>;
  /** Over the connection that is kept, or a new one in its place where there is none. */
  readonly greet: () => Promise<Connected | Refused>;
  readonly greetAnew: () => Anew;
  /** Whether nobody wants it any more. */
  readonly isClosed: () => boolean;
}

interface Try {
  readonly outcome: Connected | Refused;
  readonly isAnew: boolean;
}

/**
 * Opens a shell over the connection that is kept, or a new one: where that has died, or sshd is crowded, once more.
 * FailureError HOST_…, SSH_FAILED.
 */
export async function connect(parts: ConnectParts, patienceMs = keptPatienceMs): Promise<Connected> {
  const giveBack = await starts.take();
  try {
    for (let tried = 1; ; tried++) {
      const { outcome, isAnew } = (await parts.isKept())
        ? await overKept(parts, patienceMs)
        : { outcome: await parts.greet(), isAnew: true };
      if ('shell' in outcome) return outcome;
      // A connection that was kept and has died in the meantime says nothing about the host.
      const again = (!isAnew && tried === 1) || (isCrowded(outcome.said) && tried < triesWhenCrowded);
      if (!again || parts.isClosed()) throw outcome.failure;
      if (isAnew) await sleep(firstPauseMs * 2 ** (tried - 1) * (1 + Math.random()));
    }
  } finally {
    giveBack();
  }
}

/**
 * Over the connection that is kept. Where nothing comes of it in time, it may have died in silence, or the host be slow
 * and the connection one that nobody could log in for again: so a new one is made beside it, and whichever greets first is
 * taken. That nothing answers to a new one tells that the host is gone.
 */
async function overKept({ greet, greetAnew }: ConnectParts, patienceMs: number): Promise<Try> {
  const kept = greet().then((outcome): Try => ({ outcome, isAnew: false }));
  const patience = new AbortController();
  const waited = sleep(patienceMs, null, { signal: patience.signal }).catch(() => null);
  const early = await Promise.race([kept, waited]);
  patience.abort();
  if (early !== null) return early;
  const beside = greetAnew();
  const anew = beside.outcome.then((outcome): Try => ({ outcome, isAnew: true }));
  // Whichever comes second may be awaited by nobody.
  for (const each of [kept, anew]) each.catch(() => undefined);
  const chosen = await better(kept, anew);
  await (chosen.isAnew && 'shell' in chosen.outcome ? beside.take() : beside.drop());
  return chosen;
}

async function better(kept: Promise<Try>, anew: Promise<Try>): Promise<Try> {
  const first = await Promise.race([kept, anew]);
  if ('shell' in first.outcome || (first.isAnew && isGone(first.outcome))) return first;
  const second = await (first.isAnew ? kept : anew);
  // Why nobody could log in tells more than that nothing came of what was kept.
  return 'shell' in second.outcome || second.isAnew ? second : first;
}

function isGone({ failure }: Refused): boolean {
  return failure.failures.some(({ code }) => code === 'HOST_TIMEOUT');
}
