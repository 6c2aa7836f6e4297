/** A clean copy of a repository's files on this machine, which changes from one commit to another in one rename. */
export interface GitCheckout {
  /** The folder of descriptors in it: a path that stays. It is not there before the first commit was fetched. */
  readonly folder: string;
  /** The commit that the folder is of; null before there is one. */
  commit(): Promise<string | null>;
  /**
   * Fetches, and swaps the folder where there is a new commit; returns that commit, else null. FailureError GIT_FAILED,
   * after which the folder is as it was.
   */
  update(signal: AbortSignal): Promise<string | null>;
}
