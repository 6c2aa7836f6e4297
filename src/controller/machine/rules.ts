/** The times and bounds of the controller, in milliseconds of the monotonic clock. */
export interface Rules {
  /** A rescan waits until nothing was heard for so long: what is written in one go is written by then. */
  readonly lookMs: number;
  /** What it found begins when nothing was heard for so long … */
  readonly debounceMs: number;
  /** … and no longer than this after the first word. */
  readonly mostDebounceMs: number;
  /** A rescan without a word, for what no watcher hears. */
  readonly rescanMs: number;
  /** How long, and over how many scans, a descriptor is absent before its app goes. */
  readonly absentMs: number;
  readonly absentScans: number;
  /** A descriptor that changes again within this is applied when it has come to rest … */
  readonly quietMs: number;
  /** … or after this. */
  readonly mostRestlessMs: number;
  /** Changes of the host that are under way at a time. */
  readonly batches: number;
  /** The host is compared with what is declared when nothing stirred for so long … */
  readonly calmMs: number;
  /** … and no longer than this after the first stir. */
  readonly mostCalmMs: number;
  /** What is done about what is not as declared. */
  readonly drift: 'mend' | 'report' | 'ignore';
  /** Whether a folder that vanished or is empty means that its apps are to go. */
  readonly allowEmpty: boolean;
}

/** The rules of `gear watch` (docs/topics/watch.md). */
export const defaultRules: Rules = {
  lookMs: 20,
  debounceMs: 50,
  mostDebounceMs: 500,
  rescanMs: 60_000,
  absentMs: 10_000,
  absentScans: 2,
  quietMs: 1_000,
  mostRestlessMs: 30_000,
  batches: 4,
  calmMs: 300,
  mostCalmMs: 2_000,
  drift: 'mend',
  allowEmpty: false,
};
