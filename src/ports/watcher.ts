/** What a watcher tells. It may tell too often and too seldom: whoever listens looks for itself, and now and then unasked. */
export interface WatcherListener {
  /** Something may have changed; what, is not told. */
  readonly heard: () => void;
  /** It cannot hear everything any more, and says so once; from then on it tells every so often instead. */
  readonly troubled: (why: string) => void;
}

/** Tells that something in folders may have changed. */
export interface Watcher {
  /**
   * Listens to these folders, with those below, and to these single files, from when it resolves. Called again after
   * each look, it notices what was replaced meanwhile and listens to that.
   */
  follow(folders: readonly string[], files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
