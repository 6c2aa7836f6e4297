import type { JobOptions, JobResult } from '../../ports/systemd.ts';
import type { Bus } from './bus.ts';
import { BusError } from './bus-error.ts';
import { interruption } from './interruption.ts';
import type { IncomingMessage } from './marshaller.ts';
import { MANAGER, PROPERTIES, SYSTEMD } from './names.ts';
import type { SystemdSignals } from './signals.ts';

export type JobMethod = 'StartUnit' | 'StopUnit' | 'RestartUnit' | 'ReloadUnit';

interface Waiter {
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: BusError) => void;
}

/**
 * Jobs of systemd and their results. One subscription to JobRemoved serves all of them; it exists before the
 * first job is queued, because a quick job's JobRemoved comes before the reply that names the job.
 */
export class Jobs {
  readonly #bus: Bus;
  readonly #signals: SystemdSignals;
  readonly #waiters = new Map<string, Set<Waiter>>();
  /** Results of jobs that nobody waits for yet, kept while any call that may name them is open. */
  readonly #early = new Map<string, JobResult>();
  #callsOpen = 0;
  #listening: Promise<unknown> | undefined;

  constructor(bus: Bus, signals: SystemdSignals) {
    this.#bus = bus;
    this.#signals = signals;
  }

  /**
   * Queues a job and resolves with its result. Rejects with systemd's error when it refuses the job; with
   * `gear.Closed`, `gear.WaitTimeout` or `gear.Aborted` when the wait ends first, in which case the job goes on;
   * with `gear.JobLost` when systemd was replaced and no longer knows the job.
   */
  async run(method: JobMethod, unit: string, options: JobOptions = {}): Promise<JobResult> {
    const { mode = 'replace', timeoutMs, signal, queueOnly = false } = options;
    const what = (): string => `${verb[method]} ${unit}`;
    const interrupted = interruption({ what, lost: this.#bus.lost, timeoutMs, signal });
    try {
      await Promise.race([this.#listen(), interrupted.promise]);
      return await Promise.race([this.#queue(method, unit, mode, queueOnly), interrupted.promise]);
    } finally {
      interrupted.release();
    }
  }

  /** Whoever no longer waits stays among the waiters until systemd removes the job, which costs nothing. */
  async #queue(method: JobMethod, unit: string, mode: string, queueOnly: boolean): Promise<JobResult> {
    this.#callsOpen += 1;
    try {
      const call = { ...MANAGER, member: method, signature: 'ss', body: [unit, mode] };
      const [job] = await this.#bus.call(call, { timeoutMs: PATIENCE_MS });
      if (queueOnly) return 'done';
      return this.#early.get(String(job)) ?? (await this.#resultOf(String(job)));
    } finally {
      this.#callsOpen -= 1;
      if (this.#callsOpen === 0) this.#early.clear();
    }
  }

  #resultOf(job: string): Promise<JobResult> {
    return new Promise((resolve, reject) => {
      const waiters = this.#waiters.get(job) ?? new Set();
      this.#waiters.set(job, waiters.add({ resolve, reject }));
    });
  }

  #listen(): Promise<unknown> {
    this.#listening ??= this.#subscribe().catch((error: unknown) => {
      this.#listening = undefined;
      throw error;
    });
    return this.#listening;
  }

  async #subscribe(): Promise<void> {
    const { path, interface: iface } = MANAGER;
    await this.#signals.on({ path, interface: iface, member: 'JobRemoved' }, (signal) => {
      this.#removed(signal);
    });
    this.#signals.onReplaced(() => {
      for (const job of this.#waiters.keys()) void this.#checkAfterReplacement(job);
    });
  }

  /** JobRemoved(u id, o job, s unit, s result). */
  #removed({ body: [, job, , result] }: IncomingMessage): void {
    const waiters = this.#take(String(job));
    if (waiters === undefined && this.#callsOpen > 0) this.#early.set(String(job), result as JobResult);
    for (const waiter of waiters ?? []) waiter.resolve(result as JobResult);
  }

  /** Jobs survive a re-execution under the same path; one that is gone ended while nobody listened. */
  async #checkAfterReplacement(job: string): Promise<void> {
    const body = ['org.freedesktop.systemd1.Job', 'State'];
    const call = {
      destination: SYSTEMD,
      path: job,
      interface: PROPERTIES,
      member: 'Get',
      signature: 'ss',
      body,
    };
    try {
      await this.#bus.call(call, { timeoutMs: PATIENCE_MS });
    } catch (cause) {
      const why = 'systemd was replaced while the job ran, its result is not known';
      for (const waiter of this.#take(job) ?? []) waiter.reject(new BusError('gear.JobLost', why, { cause }));
    }
  }

  #take(job: string): ReadonlySet<Waiter> | undefined {
    const waiters = this.#waiters.get(job);
    this.#waiters.delete(job);
    return waiters;
  }
}

const verb: Readonly<Record<JobMethod, string>> = {
  StartUnit: 'start',
  StopUnit: 'stop',
  RestartUnit: 'restart',
  ReloadUnit: 'reload',
};

/** systemd answers nothing while it reloads, which takes seconds with a thousand units. */
const PATIENCE_MS = 90_000;
