import type { LockHolder } from '../../ports/lock.ts';

/** The holder as one line of JSON, as it stands in the lock file. */
export function writeHolder({ command, by, pid, sinceMs }: LockHolder): string {
  return JSON.stringify({ command, by, pid, sinceMs });
}

/** The holder named by a line of the lock file; null when it names none. */
export function readHolder(line: string): LockHolder | null {
  const found = parsed(line);
  if (found === null || typeof found !== 'object') return null;
  const { command, by, pid, sinceMs } = found as Partial<Record<keyof LockHolder, unknown>>;
  if (typeof command !== 'string' || typeof by !== 'string') return null;
  if (typeof pid !== 'number' || typeof sinceMs !== 'number') return null;
  return { command, by, pid, sinceMs };
}

/** `gear install web` by anna (sudo), process 123, since 2026-11-23T03:31:48Z: for messages. */
export function describeHolder({ command, by, pid, sinceMs }: LockHolder): string {
  const since = new Date(sinceMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return `"${command}" by ${by}, process ${pid}, since ${since}`;
}

/** A line that is not JSON names nobody: the file may be half written, or by an older gear. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
