import type { Rules } from './rules.ts';
import type { AppState, ScanState } from './state.ts';

/**
 * A watcher heard something: a scan follows soon after the last word. What it finds may still be written, so it begins
 * only when it has been quiet for longer, or after the longest time.
 */
export function woken(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  // A word about what was found, but has not begun yet, is one more about the same change.
  const isSame = scan.at !== 'resting' || nowMs < scan.settlesMs;
  const firstMs = isSame ? scan.firstMs : nowMs;
  const lastMs = firstMs + rules.mostDebounceMs;
  const settlesMs = Math.min(nowMs + rules.debounceMs, lastMs);
  const dueMs = Math.min(nowMs + rules.lookMs, lastMs);
  switch (scan.at) {
    case 'resting':
      return { at: 'due', dueMs, firstMs, settlesMs, ...(isSame ? { gathers: true } : {}) };
    case 'due':
      return { ...scan, dueMs, settlesMs };
    case 'running':
      return { ...scan, again: true, settlesMs };
  }
}

/** A scan now, or right after the one that runs. */
export function scanNow(scan: ScanState, nowMs: number): ScanState {
  switch (scan.at) {
    case 'resting':
      return { at: 'due', dueMs: nowMs, firstMs: nowMs, settlesMs: nowMs };
    case 'due':
      return { ...scan, dueMs: nowMs, settlesMs: nowMs };
    case 'running':
      return { ...scan, again: true };
  }
}

/** The scan begins. */
export function scanning(scan: ScanState): ScanState {
  const { firstMs, settlesMs } = scan;
  return { at: 'running', again: false, firstMs, settlesMs, ...(isGathering(scan) ? { gathers: true } : {}) };
}

/**
 * The scan has ended. Files that are still being written are gathered by the next one; after the longest time by one more,
 * and not by one after the other.
 */
export function rested(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  const { firstMs, settlesMs } = scan;
  if (scan.at !== 'running' || !scan.again)
    return { at: 'resting', nextMs: nowMs + rules.rescanMs, firstMs, settlesMs };
  const dueMs = nowMs + rules.lookMs;
  if (isGathering(scan) && nowMs >= firstMs + rules.mostDebounceMs)
    return { at: 'due', dueMs, firstMs: nowMs, settlesMs: nowMs };
  return { at: 'due', dueMs, firstMs, settlesMs, gathers: true };
}

/** Whether what was found waits for what the next scan finds. */
export function isGathering(scan: ScanState): boolean {
  return scan.at !== 'resting' && scan.gathers === true;
}

/** When the next scan begins; null while one runs. An absence that has lasted long enough is looked at once more. */
export function nextScanMs(scan: ScanState, apps: Iterable<AppState>, rules: Rules): number | null {
  if (scan.at === 'running') return null;
  let nextMs = scan.at === 'due' ? scan.dueMs : scan.nextMs;
  for (const { presence } of apps) {
    if (presence.at === 'absent') nextMs = Math.min(nextMs, presence.sinceMs + rules.absentMs);
  }
  return nextMs;
}
