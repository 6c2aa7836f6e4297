import type { FlowContext } from './context.ts';

/**
 * A context for work that is carried through once its change has begun its first operation: broken off later, what it takes
 * over would be neither its former owner's nor gear's. Until then an interruption ends it as ever.
 */
export function carriedThrough(context: FlowContext): FlowContext {
  const { signal, emit } = context;
  const stop = new AbortController();
  const onAbort = (): void => {
    stop.abort(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    ...context,
    signal: stop.signal,
    emit: (event) => {
      if (event.type === 'operation') signal.removeEventListener('abort', onAbort);
      emit(event);
    },
  };
}
