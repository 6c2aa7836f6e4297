/** One line that a unit wrote. `priority` is syslog's, 0 to 7. */
export interface JournalLine {
  readonly timeMs: number;
  readonly unit: string;
  readonly message: string;
  readonly priority: number;
}

export interface JournalOptions {
  readonly units: readonly string[];
  /** The last so many lines; all when absent. */
  readonly lines?: number;
  /** Unix ms. */
  readonly sinceMs?: number;
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

/** The journal of a host, through journalctl(1). */
export interface Journal {
  read(options: JournalOptions): AsyncIterable<JournalLine>;
  /** The last lines of a unit since a moment, oldest first. */
  last(unit: string, lines: number, sinceMs?: number): Promise<readonly JournalLine[]>;
}
