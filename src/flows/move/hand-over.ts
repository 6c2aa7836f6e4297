import type { Instance } from '../../core/model/instance.ts';
import {
  type MoveNote,
  type MoveStage,
  moveStage,
  noteText,
  parseNote,
  runningBefore,
} from '../../core/model/move-note.ts';
import { paths } from '../../core/model/paths.ts';
import { FailureError } from '../../errors/failure.ts';
import { readCurrentManifest } from '../../observe/manifest.ts';
import type { FlowContext } from '../context.ts';
import { locked } from '../locked.ts';
import type { Guard } from './copy-tree.ts';

const readable = 0o644;

/** A move as it stands, in the hands of this command. */
export interface HandedOver {
  readonly stage: MoveStage;
  /** The app on the host that it leaves. */
  readonly here: readonly Instance[];
  /** Absent where there is nothing to move, or nowhere to. */
  readonly note?: MoveNote;
}

interface Names {
  readonly app: string;
  readonly from: string;
  readonly to: string;
  readonly token: string;
}

/**
 * Looks how far the move of an app is, and takes it into the hands of this command: under the lock of the host that the
 * app moves to, where its start is declared too, so that no other command copies what has started.
 */
export async function takeOver(from: FlowContext, to: FlowContext, names: Names): Promise<HandedOver> {
  return locked(to, async (inner) => {
    const [here, there, before] = await Promise.all([
      instancesOf(from, names.app),
      instancesOf(inner, names.app),
      readNote(inner, names.app),
    ]);
    const stage = moveStage(here, there, before);
    if (stage !== 'place' && stage !== 'finish') return { stage, here };
    const sinceS = before?.sinceS ?? (await clockOf(from));
    // A host may be known by another name now; the reasons of holds are by the one that the move began with.
    const { from: leaves, to: comes } = before ?? names;
    const note: MoveNote = {
      ...names,
      from: leaves,
      to: comes,
      sinceS,
      volumes: before?.volumes ?? [],
      running: runningBefore(here, before),
    };
    await writeNote(inner, note);
    return { stage, here, note };
  });
}

/** The instances of an app that a host declares. */
export async function instancesOf({ host }: FlowContext, app: string): Promise<readonly Instance[]> {
  const manifest = await readCurrentManifest(host.files);
  return (manifest?.instances ?? []).filter((each) => each.app === app);
}

/** The note of a move to this host; null where there is none. */
async function readNote({ host }: FlowContext, app: string): Promise<MoveNote | null> {
  const content = await host.files.read(notePath(app));
  return content === null ? null : parseNote(new TextDecoder().decode(content));
}

/** Writes what this host is to know of a move to it. */
export async function writeNote({ host }: FlowContext, note: MoveNote): Promise<void> {
  await host.files.write(notePath(note.app), noteText(note), readable);
}

/** Forgets a move that is done. */
export async function dropNote({ host }: FlowContext, app: string): Promise<void> {
  await host.files.remove(notePath(app));
  await host.files.remove(lockPath(app));
}

/** What lets this command alone write to the volumes of a move. */
export function guardOf({ app, token }: MoveNote): Guard {
  return { lock: lockPath(app), file: notePath(app), token };
}

/** FailureError MOVED_ON where another command has taken the move over. */
export async function refuseTakenOver(to: FlowContext, { app, token }: MoveNote): Promise<void> {
  if ((await readNote(to, app))?.token === token) return;
  throw new FailureError({
    code: 'MOVED_ON',
    message: `another gear has the move of ${app} in hand`,
    next: 'let that one finish; or, where it is dead, run the same command again',
    subject: app,
  });
}

function notePath(app: string): string {
  return `${paths.moves}/${app}.json`;
}

function lockPath(app: string): string {
  return `${paths.moves}/${app}.lock`;
}

/** The clock of a host, in whole s; 0, which is before all, where it does not say. */
export async function clockOf({ host }: FlowContext): Promise<number> {
  const { stdout } = await host.run(['date', '+%s']);
  return Number(stdout.trim()) || 0;
}
