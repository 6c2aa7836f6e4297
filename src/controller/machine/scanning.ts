import type { Rules } from './rules.ts';
import type { AppState, ScanState } from './state.ts';

/** A watcher heard something: a scan follows when it is quiet, or after the longest time. */
export function woken(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  switch (scan.at) {
    case 'resting':
      return { at: 'due', dueMs: nowMs + rules.debounceMs, firstMs: nowMs };
    case 'due':
      return { ...scan, dueMs: Math.min(nowMs + rules.debounceMs, scan.firstMs + rules.mostDebounceMs) };
    case 'running':
      return { ...scan, again: true };
  }
}

/** A scan now, or right after the one that runs. */
export function scanNow(scan: ScanState, nowMs: number): ScanState {
  switch (scan.at) {
    case 'resting':
      return { at: 'due', dueMs: nowMs, firstMs: nowMs };
    case 'due':
      return { ...scan, dueMs: nowMs, firstMs: nowMs };
    case 'running':
      return { ...scan, again: true };
  }
}

/** The scan begins. */
export function scanning(scan: ScanState): ScanState {
  return { at: 'running', again: false, ...(isGathering(scan) ? { gathers: true } : {}) };
}

/** The scan has ended. Files that are still being written are gathered by one more scan, and not by one after the other. */
export function rested(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  if (scan.at !== 'running' || !scan.again) return { at: 'resting', nextMs: nowMs + rules.rescanMs };
  const next = { at: 'due', dueMs: nowMs + rules.debounceMs, firstMs: nowMs } as const;
  return isGathering(scan) ? next : { ...next, gathers: true };
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
