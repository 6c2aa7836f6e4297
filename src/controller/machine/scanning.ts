import type { Rules } from './rules.ts';
import type { AppState, ScanState } from './state.ts';

/** A watcher heard something: a scan follows soon after the last word; what it finds begins when it was quiet for longer. */
export function woken(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  const firstMs = scan.words?.firstMs ?? nowMs;
  const lastMs = firstMs + rules.mostDebounceMs;
  const words = { firstMs, settlesMs: Math.min(nowMs + rules.debounceMs, lastMs) };
  const dueMs = nowMs + rules.lookMs;
  switch (scan.at) {
    case 'resting':
      // What was found a moment ago, and has not begun, is applied with what the next scan finds.
      return { at: 'due', words, dueMs, byMs: Math.max(dueMs, lastMs), ...gathering(scan.words !== null) };
    case 'due':
      return { ...scan, words, dueMs: Math.min(dueMs, scan.byMs) };
    case 'running':
      return { ...scan, words, again: true };
  }
}

/** A scan now, or soon after the one that runs: a person does not wait for quiet. */
export function scanNow(scan: ScanState, nowMs: number): ScanState {
  const words = scan.words === null ? null : { ...scan.words, settlesMs: nowMs };
  switch (scan.at) {
    case 'resting':
      return { at: 'due', words, dueMs: nowMs, byMs: nowMs, ...gathering(words !== null) };
    case 'due':
      return { ...scan, words, dueMs: nowMs, byMs: nowMs };
    case 'running':
      return { ...scan, again: true };
  }
}

/** The scan begins. */
export function scanning(scan: ScanState): ScanState {
  return { at: 'running', words: scan.words, again: false, ...gathering(isGathering(scan)) };
}

/**
 * The scan has ended. Files that are still being written are gathered by the next one; after the longest time by one more,
 * and not by one after the other.
 */
export function rested(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  const { words } = scan;
  if (scan.at !== 'running' || !scan.again) return { at: 'resting', words, nextMs: nowMs + rules.rescanMs };
  const next = { at: 'due', dueMs: nowMs + rules.lookMs, byMs: nowMs + rules.mostDebounceMs } as const;
  const isLate = words === null || nowMs >= words.firstMs + rules.mostDebounceMs;
  return isGathering(scan) && isLate ? { ...next, words: null } : { ...next, words, gathers: true };
}

/** Whether what was found waits for what the next scan finds. */
export function isGathering(scan: ScanState): boolean {
  return scan.at !== 'resting' && scan.gathers === true;
}

/** Whether it has been quiet for so long that what was found may begin, and another word is about another change. */
export function hasSettled(scan: ScanState, nowMs: number): boolean {
  return scan.at === 'resting' && scan.words !== null && nowMs >= scan.words.settlesMs;
}

function gathering(gathers: boolean): { readonly gathers?: true } {
  return gathers ? { gathers } : {};
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
