interface Interruptible {
  /** An interruption is the ordinary end, of which nothing is said. */
  readonly silent: boolean;
  /** It ends when nobody reads stdout any more, as by `| head`. */
  readonly untilUnread?: boolean;
}

/**
 * Ctrl-C and SIGTERM as an abort: the flow ends at the next safe place, which is said unless it is silent. A second one
 * ends the process at once.
 */
export function listenForInterrupts({ silent, untilUnread = false }: Interruptible): {
  readonly signal: AbortSignal;
  readonly end: () => void;
} {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const listener = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      end();
      process.kill(process.pid, name);
      return;
    }
    if (!silent) {
      process.stderr.write('\ninterrupted: ending at the next safe place (again to end at once)\n');
    }
    controller.abort();
  };
  const onUnread = (): void => {
    controller.abort();
  };
  const end = (): void => {
    for (const name of names) process.off(name, listener);
    process.stdout.off('error', onUnread);
  };
  for (const name of names) process.on(name, listener);
  if (untilUnread) process.stdout.on('error', onUnread);
  return { signal: controller.signal, end };
}
