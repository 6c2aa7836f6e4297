import * as z from 'zod/mini';
import type { Instance } from './instance.ts';

/** What the host that an app moves to knows of the move: a command that was cut off is repeated by this. */
export interface MoveNote {
  readonly app: string;
  /** The hosts as they were named. */
  readonly from: string;
  readonly to: string;
  /** Of the command that has the move in hand: another one takes it over by writing its own. */
  readonly token: string;
  /** When the first copy began, by the clock of the host that the app leaves, in s. */
  readonly sinceS: number;
  /** Volumes that the move may write to: they were not there before, or their loss was agreed to. */
  readonly volumes: readonly string[];
  /** The instances that ran before, and are to run afterwards. */
  readonly running: readonly string[];
}

const noteFile = z.object({
  schema: z.literal(1),
  app: z.string(),
  from: z.string(),
  to: z.string(),
  token: z.string(),
  sinceS: z.number(),
  volumes: z.array(z.string()),
  running: z.array(z.string()),
});

/** Reads a note; null for what is none. */
export function parseNote(text: string): MoveNote | null {
  try {
    const parsed = noteFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The text of a note. */
export function noteText(note: MoveNote): string {
  return `${JSON.stringify({ schema: 1, ...note })}\n`;
}

/** Why an instance is held on the host that it leaves. */
export function departure({ to }: Pick<MoveNote, 'to'>): string {
  return `it moves to ${to}`;
}

/** Why it is held on the host that it comes to. */
export function arrival({ from }: Pick<MoveNote, 'from'>): string {
  return `it moves here from ${from}`;
}

/**
 * How far a move is. absent: neither host has the app. place: it is to be brought. finish: its start there is declared,
 * and data must not be copied any more. moved: it is there alone. foreign: the other host has an app of that name of
 * its own. both: it runs here, although it was started there.
 */
export type MoveStage = 'absent' | 'place' | 'finish' | 'moved' | 'foreign' | 'both';

/** How far the move of an app is, by what both hosts declare of it. */
export function moveStage(
  here: readonly Instance[],
  there: readonly Instance[],
  note: MoveNote | null,
): MoveStage {
  if (here.length === 0) return there.length === 0 ? 'absent' : 'moved';
  if (there.length === 0) return 'place';
  if (note === null) return 'foreign';
  if (there.every(({ hold }) => hold?.reason === arrival(note))) return 'place';
  return here.some(({ hold }) => hold === null) ? 'both' : 'finish';
}

/** The instances that are to run after the move: those that run, or that it has stopped before. */
export function runningBefore(here: readonly Instance[], note: MoveNote | null): readonly string[] {
  return here
    .filter(
      ({ name, hold }) =>
        hold === null || (note !== null && hold.reason === departure(note) && note.running.includes(name)),
    )
    .map(({ name }) => name);
}
