import { setImmediate } from 'node:timers/promises';

/**
 * One answer for all who ask in one turn of the event loop; who asks later is answered anew, with what is so by then. A
 * hundred apps that look for their network at once would else be a hundred lists of all networks.
 */
export function together<T>(ask: () => Promise<T>): () => Promise<T> {
  let next: Promise<T> | undefined;
  return () =>
    (next ??= setImmediate().then(() => {
      next = undefined;
      return ask();
    }));
}
