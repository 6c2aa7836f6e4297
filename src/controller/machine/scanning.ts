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
      return { at: 'running', again: true };
  }
}

/** A scan now, or right after the one that runs. */
export function scanNow(scan: ScanState, nowMs: number): ScanState {
  return scan.at === 'running' ? { at: 'running', again: true } : { at: 'due', dueMs: nowMs, firstMs: nowMs };
}

/** The scan has ended. */
export function rested(scan: ScanState, nowMs: number, rules: Rules): ScanState {
  return scan.at === 'running' && scan.again
    ? { at: 'due', dueMs: nowMs + rules.debounceMs, firstMs: nowMs }
    : { at: 'resting', nextMs: nowMs + rules.rescanMs };
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
