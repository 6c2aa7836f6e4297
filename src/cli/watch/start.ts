import path from 'node:path';
import { readClaims, writeClaims } from '../../controller/claims.ts';
import {
  applyTogether,
  type ApplyOptions,
  inspectHost,
  mendTogether,
  removeTogether,
  restartInstance,
  type WithContext,
} from '../../controller/change-host.ts';
import { defaultRules, type Rules } from '../../controller/machine/rules.ts';
import type { Claim, ControllerState } from '../../controller/machine/state.ts';
import { badFiles } from '../../controller/machine/presence.ts';
import { type Running, runController } from '../../controller/run.ts';
import { err, type Failure, FailureError, ok, type Result } from '../../errors/failure.ts';
import type { FlowContext } from '../../flows/context.ts';
import { preflight } from '../../flows/preflight.ts';
import type { HostSignals } from '../../ports/host-signals.ts';
import type { Lease } from '../../ports/lock.ts';
import type { WatchNews } from '../../report/watch.ts';
import { createContext, createLocalWatcher, followLocalHost, localFolder, localTimers } from '../context.ts';
import { DescriptorFolders } from './descriptor-folders.ts';
import { takeWatchLock } from './watch-lock.ts';

/** What `gear watch` was asked for. */
export interface WatchInput extends ApplyOptions {
  readonly folders: readonly string[];
  readonly once: boolean;
  readonly allowEmpty: boolean;
  readonly drift: Rules['drift'];
  readonly tell: (news: WatchNews) => void;
}

/** How the apps are at the end of `gear watch`. */
export interface WatchReport {
  readonly apps: readonly { readonly app: string; readonly state: string }[];
  readonly failures: readonly Failure[];
}

/** Keeps the host true to the folders until it is interrupted; with `once`, until all is done that can be. */
export async function watchFolders(context: FlowContext, input: WatchInput): Promise<Result<WatchReport>> {
  const folders = input.folders.map((folder) => path.resolve(folder));
  await preflight(context);
  const claims = await readClaims(context.host.files, folders);
  await refuseUnknown(folders, claims);
  const lease = await lockWatch(context);
  const watcher = await createLocalWatcher({
    heard: () => running?.send({ type: 'woken' }),
    troubled: (message) => input.tell({ type: 'trouble', message }),
  });
  let running: Running | undefined;
  let signals: readonly HostSignals[] = [];
  const rescan = (): void => running?.send({ type: 'rescan' });
  const confirm = (): void => running?.send({ type: 'confirmed' });
  process.on('SIGHUP', rescan).on('SIGUSR1', confirm);
  const signal = AbortSignal.any([context.signal, lease.lost]);
  const withContext = contextMaker({ ...context, signal });
  try {
    running = runController({
      timers: localTimers,
      rules: { ...defaultRules, allowEmpty: input.allowEmpty, drift: input.drift },
      descriptors: new DescriptorFolders(folders, watcher),
      claims,
      keepClaims: (claims) => writeClaims(context.host.files, claims),
      apply: (apps) => applyTogether(withContext, apps, input),
      remove: (apps) => removeTogether(withContext, apps),
      mend: (apps) => mendTogether(withContext, apps, input),
      inspect: (apps) => inspectHost(withContext, apps),
      restart: (instance) => restartInstance(withContext, instance, input),
      tell: input.tell,
      signal,
      once: input.once,
    });
    const started = running;
    signals =
      input.once || input.drift === 'ignore'
        ? []
        : await followLocalHost({
            stirred: () => started.send({ type: 'stirred' }),
            recovered: () => started.send({ type: 'recovered' }),
            health: (instance, healthy) => started.send({ type: 'health', instance, healthy }),
          });
    const state = await running.ended;
    if (lease.lost.aborted) return err(...lostLock(lease.lost.reason));
    return ok(reportOf(state));
  } finally {
    process.off('SIGHUP', rescan).off('SIGUSR1', confirm);
    for (const each of signals) each.close();
    await watcher.close();
    await lease.release();
  }
}

/** A folder that was watched before may come back; one that never was is a slip. */
async function refuseUnknown(folders: readonly string[], claims: readonly Claim[]): Promise<void> {
  for (const folder of folders) {
    const isKnown = claims.some(({ source }) => source.startsWith(`${folder}/`));
    if (isKnown || (await localFolder(folder)) !== null) continue;
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: `there is no folder ${folder}`,
      next: `make it: mkdir -p ${folder}`,
    });
  }
}

/** Each change of the host has connections of its own, which end with it: systemd and engines come and go meanwhile. */
function contextMaker(context: FlowContext): WithContext {
  return async (work) => {
    const own = createContext(context);
    try {
      return await work(own);
    } finally {
      await own.host.close();
    }
  };
}

/** One watch a host: two would take each other's apps for vanished ones. */
async function lockWatch(context: FlowContext): Promise<Lease> {
  const taken = await takeWatchLock(context);
  if ('lease' in taken) return taken.lease;
  const { command, by, pid } = taken.holder;
  throw new FailureError({
    code: 'LOCKED',
    message: `"gear ${command}" by ${by} (pid ${String(pid)}) watches on this host already`,
    next: `give it all folders, or end it first: kill ${String(pid)}`,
  });
}

function lostLock(reason: unknown): readonly Failure[] {
  if (reason instanceof FailureError) return reason.failures;
  throw reason;
}

function reportOf(state: ControllerState): WatchReport {
  const held = [...state.apps].filter(([, { presence }]) => presence.at === 'held').map(([app]) => app);
  return {
    apps: [...state.apps].map(([app, { presence, work, trouble }]) => ({
      app,
      state: trouble !== null ? 'failed' : presence.at === 'present' ? work.at : presence.at,
    })),
    failures: [
      ...[...badFiles(state).values()].flat(),
      ...[...state.apps.values()].flatMap(({ trouble }) => trouble?.failures ?? []),
      ...(held.length === 0 ? [] : [manyGone(held)]),
    ],
  };
}

function manyGone(apps: readonly string[]): Failure {
  return {
    code: 'VALUE_INVALID',
    message: `most apps have no descriptor any more: ${apps.join(', ')}; none of them was removed`,
    next: `bring the files back, or: gear rm ${apps.join(' ')}`,
  };
}
