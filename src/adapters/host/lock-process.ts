import type { ChildProcessWithoutNullStreams } from 'node:child_process';

const reasonLimit = 2000;

/** What the script says, and `ended` when it ends without having said it. */
export type LockWord = 'waiting' | 'held' | 'busy' | 'moved' | 'refused' | 'ended';

/** The process that holds the lock, fed with a line every `heartbeatMs` from its start. */
export interface LockProcess {
  /** Called for every line, and with `ended` when the process is gone. One listener. */
  onWord(listener: (word: LockWord, rest: string) => void): void;
  /** What it said on stderr. */
  reason(): string;
  /** Lets go of the lock and resolves when the process is gone; it is killed after `killAfterMs`. */
  end(killAfterMs: number): Promise<void>;
}

/** Feeds the process and turns its output into words. */
export function watchLockProcess(child: ChildProcessWithoutNullStreams, heartbeatMs: number): LockProcess {
  let listener: (word: LockWord, rest: string) => void = () => undefined;
  let unfinished = '';
  let reason = '';

  const beat = setInterval(() => child.stdin.write('\n'), heartbeatMs).unref();
  const gone = new Promise<void>((resolve) => {
    // 'close' comes after the last output, and also when the process could not be started at all.
    child.once('close', () => {
      clearInterval(beat);
      resolve();
      listener('ended', '');
    });
  });
  child.once('error', (error) => (reason ||= error.message));
  // The process may end between two lines: 'close' tells, the broken pipe adds nothing.
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    reason = (reason + text).slice(0, reasonLimit);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const [word = '', ...rest] = line.split(' ');
      listener(word as LockWord, rest.join(' '));
    }
  });

  return {
    onWord: (told) => (listener = told),
    reason: () => reason.trim() || 'the shell said nothing',
    end: async (killAfterMs) => {
      clearInterval(beat);
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      await gone;
      clearTimeout(late);
    },
  };
}
