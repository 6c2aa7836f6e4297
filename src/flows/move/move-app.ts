import { arrival, departure, type MoveNote } from '../../core/model/move-note.ts';
import type { Hold, Instance } from '../../core/model/instance.ts';
import { noWishes } from '../../core/plan/wishes.ts';
import { attempt, FailureError, type Result, valueOf } from '../../errors/failure.ts';
import type { ChangeReport, MoveReport } from '../../report/values.ts';
import { applyApps } from '../apply.ts';
import { changeHost } from '../change.ts';
import type { FlowContext } from '../context.ts';
import type { WaitOptions } from '../inputs.ts';
import { changeLifecycle } from '../lifecycle.ts';
import { preflight } from '../preflight.ts';
import { removeContainers } from '../remove.ts';
import { imagesByName } from '../pinned-image.ts';
import { readRunningApp } from '../running-app.ts';
import type { Between, MoveNames } from './between.ts';
import { copyVolumes } from './copy-volumes.ts';
import { clockOf, dropNote, instancesOf, refuseTakenOver, takeOver, writeNote } from './hand-over.ts';
import { orGoBack, type Progress } from './or-go-back.ts';
import { noSuchApp, nowhere, staysBehind } from './refusals.ts';
import {
  type MountedVolume,
  mountedVolumes,
  movingVolumes,
  refuseFullVolumes,
  volumeRequests,
} from './volumes.ts';

/** `gear move NAME HOST`. */
export interface MoveInput extends MoveNames, WaitOptions {
  /** take: with all data. empty: without. null: nobody said, so there must be none. */
  readonly volumes: 'take' | 'empty' | null;
  /** Whether data that the other host has in volumes of those names may be deleted. */
  readonly replace: boolean;
  /** Tells this command from others that move the same app. */
  readonly token: string;
}

/**
 * Moves an app from one host to another: copies its data while it runs, stops it, copies the difference, starts it there,
 * waits until it is ready, and only then removes it here. Both hosts declare at each step that at most one of them runs
 * it, so a cut anywhere leaves it running on one, or on none, and the same command goes on. Its volumes stay here.
 */
export async function moveApp(between: Between, input: MoveInput): Promise<Result<MoveReport>> {
  const { from, to } = between;
  return attempt(async () => {
    await Promise.all([preflight(from), preflight(to)]);
    const { stage, here, note } = await takeOver(from, to, input);
    if (stage === 'absent') throw await noSuchApp(from, input);
    if (stage === 'moved') {
      await dropNote(to, input.app);
      return reportOf(input, { instances: [], kept: [], bytes: 0, already: true });
    }
    if (note === undefined) throw nowhere(stage, input);
    const mounted = await mountedVolumes(from, here);
    const { timeoutMs } = input;
    const { bytes, change } = await orGoBack(between, note, timeoutMs, async (progress) => {
      const moving = { note, here, mounted, progress };
      const copied = stage === 'place' ? await bring(between, input, moving) : 0;
      // Declared stopped is not stopped, where the command before was cut off.
      if (stage === 'finish') await stopHere(from, note, input);
      return { bytes: copied, change: await startThere(between, input, moving) };
    });
    const { app } = input;
    valueOf(await removeContainers(from, { names: [app], volumes: false }));
    await dropNote(to, app);
    const kept = mounted.map(({ volume }) => volume.name);
    return reportOf(input, { instances: change.instances, kept, bytes, already: false });
  });
}

interface Moving {
  readonly note: MoveNote;
  /** The app as it was declared here when the command began. */
  readonly here: readonly Instance[];
  readonly mounted: readonly MountedVolume[];
  readonly progress: Progress;
}

/** Up to where the app is stopped here, and stands there with all its data. Returns how many bytes were copied. */
async function bring(
  between: Between,
  input: MoveInput,
  { note: taken, here, mounted, progress }: Moving,
): Promise<number> {
  const { from, to } = between;
  if (mounted.length > 0 && input.volumes === null) throw staysBehind(input, mounted);
  const takes = input.volumes === 'take';
  const fresh = mounted.filter(({ volume }) => !taken.volumes.includes(volume.name));
  if (takes && !input.replace) await refuseFullVolumes(to, fresh, input.app);
  const note = { ...taken, volumes: mounted.map(({ volume }) => volume.name) };
  await writeNote(to, note);
  await placeThere(between, note, input, mounted);
  const volumes = takes ? await movingVolumes(from, to, here, await instancesOf(to, input.app)) : [];
  for (const { volume } of takes ? mounted : [])
    if (!volumes.some(({ name }) => name === volume.name))
      from.emit({
        type: 'warning',
        subject: volume.name,
        message: `its driver ${volume.driver} has the data, which is not copied`,
      });
  const sinceS = await clockOf(from);
  const first = await copyVolumes(between, note, volumes, { live: true });
  // All that was older has been sent by now.
  const copied = { ...note, sinceS };
  await writeNote(to, copied);
  progress.stops = true;
  await stopHere(from, note, input);
  return first + (await copyVolumes(between, copied, volumes, { live: false }));
}

/** The app as it is here, stopped and held there. */
async function placeThere(
  { from, to }: Between,
  note: MoveNote,
  { app, timeoutMs }: MoveInput,
  mounted: readonly MountedVolume[],
): Promise<void> {
  const { request, instances } = await readRunningApp(from, app);
  const hold: Hold = { by: to.by, atMs: to.clock.nowMs(), reason: arrival(note) };
  const report = valueOf(
    await applyApps(to, {
      apps: [{ ...request, source: `${note.from}/${app}`, volumes: volumeRequests(mounted) }],
      failures: [],
      holds: new Map(instances.map(({ name }) => [name, hold])),
      images: { byName: imagesByName(instances), orSimilar: false },
      pull: 'missing',
      pruneVolumes: false,
      start: true,
      wait: true,
      timeoutMs,
    }),
  );
  if ((report.failures ?? []).length > 0) throw new FailureError(...(report.failures ?? []));
}

/** Stops what runs here, and holds it: over a reboot, and until it is there. */
async function stopHere(from: FlowContext, note: MoveNote, { app, timeoutMs }: MoveInput): Promise<void> {
  const hold: Hold = { by: from.by, atMs: from.clock.nowMs(), reason: departure(note) };
  valueOf(
    await changeLifecycle(
      from,
      { names: [app], wait: true, timeoutMs },
      { hold: (instance) => instance.hold ?? hold, wishes: () => ({}), runs: false },
    ),
  );
}

/** Starts there what ran here, and waits until it is ready; what somebody held here, is held there. */
async function startThere(
  { to }: Between,
  { wait, timeoutMs }: MoveInput,
  { note, here, progress }: Moving,
): Promise<ChangeReport> {
  const formerly = new Map(here.map(({ name, hold }) => [name, note.running.includes(name) ? null : hold]));
  const released = (each: Instance): Instance =>
    each.hold?.reason === arrival(note) ? { ...each, hold: formerly.get(each.name) ?? null } : each;
  progress.starts = true;
  return valueOf(
    await changeHost(to, {
      names: [...formerly.keys()],
      engines: [],
      wait,
      timeoutMs,
      desire: async ({ manifest }) => {
        await refuseTakenOver(to, note);
        const desired = (manifest?.instances ?? []).map(released);
        const runs = desired.filter(({ name, hold }) => formerly.has(name) && hold === null);
        const start = new Set(runs.map(({ name }) => name));
        return {
          desired,
          environments: new Map(),
          wishes: { ...noWishes, touched: new Set(formerly.keys()), start },
        };
      },
    }),
  );
}

function reportOf(
  { app, from, to }: MoveInput,
  rest: Pick<MoveReport, 'instances' | 'kept' | 'bytes' | 'already'>,
): MoveReport {
  return { app, from, to, ...rest };
}
