import path from 'node:path';
import { readClaims, writeClaims } from '../../controller/claims.ts';
import {
  applyTogether,
  type ApplyOptions,
  fetchTogether,
  holdTogether,
  inspectHost,
  mendTogether,
  removeTogether,
  restartInstance,
  type Suspicion,
  type WithContext,
} from '../../controller/change-host.ts';
import { defaultRules, type Rules } from '../../controller/machine/rules.ts';
import type { Claim } from '../../controller/machine/state.ts';
import { type Running, runController } from '../../controller/run.ts';
import { err, type Failure, FailureError, type Result } from '../../errors/failure.ts';
import type { FlowContext } from '../../flows/context.ts';
import { preflight } from '../../flows/preflight.ts';
import type { Lease } from '../../ports/lock.ts';
import type { WatchNews } from '../../report/watch.ts';
import { collectAlone } from '../tune-v8.ts';
import { createContext, localTimers } from '../context.ts';
import { createLocalWatcher, notifyService } from './context.ts';
import { type Close, followHost, keepAlive, listenToSignals, serve } from './around-watch.ts';
import { DescriptorFolders } from './descriptor-folders.ts';
import { openGitFolder } from './git-folder.ts';
import { WatchHub } from './hub.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { takeWatchLock } from './watch-lock.ts';
import { endOf, type WatchReport } from './watch-report.ts';

/** What `gear watch` was asked for. */
export interface WatchInput extends ApplyOptions {
  readonly folders: readonly string[];
  /** A repository of descriptors, as `URL#REF:FOLDER`. */
  readonly git?: string;
  readonly once: boolean;
  readonly allowEmpty: boolean;
  readonly drift: Rules['drift'];
  readonly tell: (news: WatchNews) => void;
}

/** Keeps the host true to the folders until it is interrupted; with `once`, until all is done that can be. */
export async function watchFolders(context: FlowContext, input: WatchInput): Promise<Result<WatchReport>> {
  const signals = listenToSignals();
  const closing: Close[] = [signals.close];
  try {
    await preflight(context);
    if (!input.once) collectAlone();
    const lease = await lockWatch(context);
    closing.push(() => lease.release());
    const signal = AbortSignal.any([context.signal, lease.lost]);
    const hub = new WatchHub();
    hub.listen(input.tell);
    const tell = (news: WatchNews): void => {
      hub.tell(news, context.clock.nowMs());
    };
    const repository = input.git === undefined ? null : await openGitFolder(input.git, tell, signal);
    if (repository !== null) closing.push(() => repository.close());
    const folders = [
      ...input.folders.map((folder) => path.resolve(folder)),
      ...(repository === null ? [] : [repository.folder]),
    ];
    const claims = await readClaims(context.host.files, folders);
    await refuseUnknown(folders, claims);
    const suspicion: Suspicion = { edited: true };
    const asked = { ...input, folders, suspicion };
    const running = await run({ ...context, signal }, asked, claims, hub, closing);
    signals.passTo({
      rescan: () => {
        repository?.update();
        running.send({ type: 'rescan' });
      },
      confirm: () => running.send({ type: 'confirmed' }),
    });
    // A folder below the link that is swapped hears nothing of it.
    hub.listen(({ type }) => {
      if (type === 'commit') running.send({ type: 'rescan' });
    });
    if (!input.once) {
      closing.push(await serve(context, { folders, repository }, running, hub), keepAlive());
      if (input.drift !== 'ignore') closing.push(await followHost(running, suspicion));
    }
    const state = await running.ended;
    if (lease.lost.aborted) return err(...lostLock(lease.lost.reason));
    return endOf(state, input);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function run(
  context: FlowContext,
  input: WatchInput & { readonly suspicion: Suspicion },
  claims: readonly Claim[],
  hub: WatchHub,
  closing: Close[],
): Promise<Running> {
  const tell = (news: WatchNews): void => {
    hub.tell(news, context.clock.nowMs());
  };
  const heard: { by?: Running } = {};
  const watcher = await createLocalWatcher({
    heard: () => heard.by?.send({ type: 'woken' }),
    troubled: (message) => tell({ type: 'trouble', message }),
  });
  closing.push(() => watcher.close());
  const folders = new DescriptorFolders(input.folders, watcher);
  let isReady = false;
  const withContext = contextMaker(context);
  const running = runController({
    timers: localTimers,
    rules: { ...defaultRules, allowEmpty: input.allowEmpty, drift: input.drift },
    descriptors: {
      look: async () => {
        const look = await folders.look();
        if (!isReady) void notifyService('--ready', `--status=watching ${input.folders.join(' ')}`);
        isReady = true;
        return look;
      },
    },
    claims,
    keepClaims: (all) => writeClaims(context.host.files, all),
    apply: async (apps) => {
      const began = localTimers.nowMs();
      const outcomes = await applyTogether(withContext, apps, input);
      hub.changed(localTimers.nowMs() - began);
      return outcomes;
    },
    fetch: (apps, onEnd) => fetchTogether(withContext, apps, onEnd),
    remove: (apps) => removeTogether(withContext, apps),
    mend: (apps) => mendTogether(withContext, apps, input),
    inspect: (apps) => inspectHost(withContext, apps, input.suspicion),
    hold: (apps) => holdTogether(withContext, apps),
    restart: async (instance) => {
      const done = await restartInstance(withContext, instance, input);
      if (done.ok && done.value) hub.restarted();
      return done;
    },
    tell,
    signal: context.signal,
    once: input.once,
  });
  heard.by = running;
  return running;
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
    next: `give it all folders, or end it first: gear watch --uninstall where it is the service, else kill ${String(pid)}`,
  });
}

function lostLock(reason: unknown): readonly Failure[] {
  if (reason instanceof FailureError) return reason.failures;
  throw reason;
}
