import type { ChildProcess } from 'node:child_process';

/** A client of Docker that only begins takes SIGTERM for the first of three. */
const graceMs = 1_000;

/** Has the signal end a command: by SIGTERM, or SIGKILL where it does not heed that. Returns what takes that back. */
export function endWith(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let kill: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    child.kill('SIGTERM');
    kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  return () => {
    signal?.removeEventListener('abort', onAbort);
    clearTimeout(kill);
  };
}
