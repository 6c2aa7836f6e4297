import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** Ends a session at once, whatever the host says to that. */
export function endChild(child: ChildProcessWithoutNullStreams): void {
  // Asked in a kinder way, ssh(1) waits for the host once more; that ends its side when this one is gone.
  child.kill('SIGKILL');
  // The one that keeps the connection has these too, until the host has heard of the end.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
}
