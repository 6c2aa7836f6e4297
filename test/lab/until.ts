import { setTimeout as pause } from 'node:timers/promises';
import { LabError } from './errors.ts';

/**
 * Asks `probe` until it gives a value, and returns that. For what sends no signal that can be awaited from outside
 * a host; the pause between two questions is short and the whole is bounded by `timeoutMs`.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  options: { timeoutMs: number; pauseMs?: number },
): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new LabError(`waited ${options.timeoutMs} ms in vain: ${what}`);
    await pause(options.pauseMs ?? 20);
  }
}
