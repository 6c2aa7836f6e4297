import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { join } from 'node:path';

/**
 * Takes a lab down when the process that made it dies, however it dies: the guard sits in a session of its own and
 * reads a pipe whose other end only the owner holds. Returns a function that dismisses the guard, and resolves when it is
 * gone.
 */
export function startGuard(lab: string, id: string): () => Promise<void> {
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const takeDown = [process.execPath, tsx, join(import.meta.dirname, 'take-down.ts'), lab, id];
  const guard = spawn('sh', ['-c', 'cat >/dev/null; exec "$@"', 'lab-guard', ...takeDown], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  // The pipe must not keep the owner alive either; it is a socket, which node's types do not say.
  const pipe: Writable & { unref?: () => void } = guard.stdin;
  pipe.unref?.();
  return async () => {
    if (guard.pid === undefined || guard.exitCode !== null || guard.signalCode !== null) return;
    guard.ref();
    const gone = once(guard, 'exit');
    process.kill(-guard.pid, 'SIGKILL');
    await gone;
  };
}
