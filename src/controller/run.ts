import type { AppRequest } from '../core/model/app.ts';
import type { News } from '../core/model/watch-news.ts';
import { attempt, type Result } from '../errors/failure.ts';
import type { Timers } from '../ports/clock.ts';
import type { Descriptors } from './descriptors.ts';
import type { Action, AppOutcome, ControllerEvent, Outcomes } from './machine/events.ts';
import type { Rules } from './machine/rules.ts';
import { type Claim, claimsOf, type ControllerState, initialState } from './machine/state.ts';
import { isSettled, nextWakeMs, step } from './machine/step.ts';
import { allFailed } from './outcomes.ts';

type Inspected = Omit<Extract<ControllerEvent, { type: 'inspected' }>, 'type'>;

/** The world of the controller. */
export interface ControllerParts {
  readonly timers: Timers;
  readonly rules: Rules;
  readonly descriptors: Descriptors;
  readonly claims: readonly Claim[];
  /** Keeps the claims for the next run; FailureError when it cannot. */
  readonly keepClaims: (claims: readonly Claim[]) => Promise<void>;
  /** Fetches nothing: an app that lacks images says so. */
  readonly apply: (apps: readonly AppRequest[]) => Promise<Outcomes>;
  /** Fetches the images of the apps, all side by side; tells of each app when its own are there. */
  readonly fetch: (
    apps: readonly AppRequest[],
    onEnd: (app: string, outcome: AppOutcome) => void,
  ) => Promise<void>;
  readonly remove: (apps: readonly string[]) => Promise<Outcomes>;
  readonly mend: (apps: readonly string[]) => Promise<Outcomes>;
  readonly inspect: (apps: readonly string[]) => Promise<Inspected>;
  /** Notes what of the apps a person disabled and stopped, so that it lasts. */
  readonly hold: (apps: readonly string[]) => Promise<void>;
  readonly restart: (instance: string) => Promise<Result<boolean>>;
  readonly tell: (news: News) => void;
  /** Ends it; what is under way is awaited, and has heard the same signal. */
  readonly signal: AbortSignal;
  /** Ends by itself when all is done that can be. */
  readonly once: boolean;
}

/** A controller that runs. */
export interface Running {
  readonly send: (event: ControllerEvent) => void;
  readonly state: () => ControllerState;
  /** Resolves with the last state when it has ended; rejects with a bug. */
  readonly ended: Promise<ControllerState>;
}

/** Runs the machine: hands it what happens, and does what it asks for. */
export function runController(parts: ControllerParts): Running {
  const { timers, rules, signal } = parts;
  let state = initialState(parts.claims, timers.nowMs());
  let requests: ReadonlyMap<string, AppRequest> = new Map();
  let kept = JSON.stringify(parts.claims);
  let keeping = Promise.resolve();
  let disarm = (): void => undefined;
  let over = false;
  const underWay = new Set<Promise<void>>();
  const { promise: ended, resolve, reject } = withResolvers<ControllerState>();

  function send(event: ControllerEvent): void {
    if (over) return;
    const next = step(state, event, timers.nowMs(), rules);
    state = next.state;
    for (const action of next.actions) perform(action);
    // What is gone is nobody's any more; a note that cannot be written now is written with the next change.
    if (event.type === 'removed') follow(attempt(keepClaims));
    disarm();
    if (parts.once && isSettled(state)) {
      end();
      return;
    }
    const wakeMs = nextWakeMs(state, rules);
    if (wakeMs !== null) disarm = timers.after(wakeMs - timers.nowMs(), () => send({ type: 'tick' }));
  }

  function perform(action: Action): void {
    switch (action.do) {
      case 'tell':
        parts.tell(action.news);
        return;
      case 'scan':
        follow(
          parts.descriptors.look().then((look) => {
            // In one go with what the machine knows of: it asks for no app that has no request.
            requests = look.requests;
            send({ type: 'scanned', scan: look.scan });
          }),
        );
        return;
      case 'apply': {
        const meant = action.apps.flatMap((app) => requests.get(app) ?? []);
        track(async () => ({
          type: 'applied',
          outcomes: await claimed(action.apps, () => parts.apply(meant)),
        }));
        return;
      }
      case 'fetch': {
        const hashes = new Map(action.apps.map(({ app, hash }) => [app, hash]));
        const meant = action.apps.flatMap(({ app }) => requests.get(app) ?? []);
        const onEnd = (app: string, outcome: AppOutcome): void =>
          send({ type: 'fetched', app, hash: hashes.get(app) ?? '', outcome });
        follow(parts.fetch(meant, onEnd));
        return;
      }
      case 'mend':
        track(async () => ({ type: 'mended', outcomes: await parts.mend(action.apps) }));
        return;
      case 'inspect':
        track(async () => ({ type: 'inspected', ...(await parts.inspect(action.apps)) }));
        return;
      case 'hold':
        follow(parts.hold(action.apps));
        return;
      case 'restart':
        track(async () => {
          const { instance } = action;
          const done = await parts.restart(instance);
          return done.ok
            ? { type: 'restarted', instance, failures: [], done: done.value }
            : { type: 'restarted', instance, failures: done.failures };
        });
        return;
      case 'remove':
        track(async () => ({
          type: 'removed',
          outcomes: await claimed(action.apps, () => parts.remove(action.apps)),
        }));
    }
  }

  /** Does the work once it is noted whose apps these are. */
  async function claimed(apps: readonly string[], work: () => Promise<Outcomes>): Promise<Outcomes> {
    const noted = await attempt(keepClaims);
    return noted.ok ? work() : allFailed(apps, noted.failures);
  }

  function keepClaims(): Promise<void> {
    const work = keeping.then(async () => {
      const claims = claimsOf(state);
      const text = JSON.stringify(claims);
      if (text === kept) return;
      await parts.keepClaims(claims);
      kept = text;
    });
    keeping = work.catch(() => undefined);
    return work;
  }

  function track(work: () => Promise<ControllerEvent>): void {
    follow(work().then(send));
  }

  function follow(work: Promise<unknown>): void {
    const tracked = work.then(() => undefined, fail).finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  function end(): void {
    if (over) return;
    over = true;
    disarm();
    signal.removeEventListener('abort', end);
    // What is under way ends by the same signal; what came of it is found by the next run.
    void Promise.all(underWay)
      .then(() => attempt(keepClaims))
      .then(() => {
        resolve(state);
      }, reject);
  }

  function fail(error: unknown): void {
    reject(error);
    end();
  }

  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  else send({ type: 'tick' });
  return { send, state: () => state, ended };
}

function withResolvers<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
