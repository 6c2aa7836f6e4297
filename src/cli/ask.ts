import { createInterface } from 'node:readline/promises';
import { FailureError } from '../errors/failure.ts';

/** Asks on the terminal, where only a yes is one. FailureError INTERRUPTED for Ctrl-C and a closed input. */
export async function askYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new AbortController();
  terminal.once('close', () => {
    closed.abort();
  });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: closed.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    process.stderr.write('\n');
    throw new FailureError({
      code: 'INTERRUPTED',
      message: 'there was no answer, so nothing was changed',
      next: 'the same command again, with y or --yes',
    });
  } finally {
    terminal.close();
  }
}
