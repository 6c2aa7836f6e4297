import { parseGitSource } from '../../core/model/git-source.ts';
import { attempt, type Failure, FailureError } from '../../errors/failure.ts';
import type { GitCheckout } from '../../ports/git.ts';
import type { WatchNews } from '../../report/watch.ts';
import type { Timers } from '../../ports/clock.ts';
import { localTimers } from '../context.ts';
import { localGitCheckout } from './context.ts';

/** How often a repository is asked for a new commit. */
const pollMs = 60_000;

/** A repository whose newest commit is kept in a folder. */
export interface GitFolder {
  readonly folder: string;
  /** The commit that the folder is of. */
  commit(): string | null;
  /** Asks now. */
  update(): void;
  close(): Promise<void>;
}

/** Fetches the repository that `--git` names, and follows it. FailureError VALUE_INVALID, GIT_FAILED. */
export async function openGitFolder(
  text: string,
  tell: (news: WatchNews) => void,
  signal: AbortSignal,
): Promise<GitFolder> {
  const source = parseGitSource(text);
  if (!source.ok) throw new FailureError(...source.failures);
  return followCheckout(await localGitCheckout(source.value), localTimers, tell, signal);
}

/**
 * Fetches, and goes on to ask for new commits. Where the repository cannot be reached at first, an earlier commit serves;
 * FailureError GIT_FAILED where there is none.
 */
export async function followCheckout(
  checkout: GitCheckout,
  timers: Timers,
  tell: (news: WatchNews) => void,
  signal: AbortSignal,
): Promise<GitFolder> {
  let commit = await checkout.commit();
  let cancel = (): void => undefined;
  let trouble = '';
  let working = Promise.resolve();

  async function ask(): Promise<void> {
    cancel();
    const updated = await attempt(() => checkout.update(signal));
    if (signal.aborted) return;
    if (updated.ok && updated.value !== null) {
      commit = updated.value;
      tell({ type: 'commit', commit });
    }
    const now = updated.ok ? '' : messageOf(updated.failures);
    if (now !== '' && now !== trouble) tell({ type: 'trouble', message: `${now}; the last commit stays` });
    trouble = now;
    cancel = timers.after(pollMs, update);
  }

  function update(): void {
    working = working.then(ask);
  }

  commit = (await first(checkout, commit, signal)) ?? commit;
  if (commit !== null) tell({ type: 'commit', commit });
  cancel = timers.after(pollMs, update);
  return {
    folder: checkout.folder,
    commit: () => commit,
    update,
    async close() {
      cancel();
      await working;
      cancel();
    },
  };
}

async function first(
  checkout: GitCheckout,
  known: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const fetched = await attempt(() => checkout.update(signal));
  if (fetched.ok) return fetched.value;
  if (known === null) throw new FailureError(...fetched.failures);
  return null;
}

function messageOf(failures: readonly Failure[]): string {
  return failures.map(({ message }) => message).join('; ');
}
