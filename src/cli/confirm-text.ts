import { createInterface } from 'node:readline/promises';
import { FailureError } from '../errors/failure.ts';

/**
 * Shows what a command would do and asks on the terminal, where only a yes is one. FailureError USAGE where there is no
 * terminal to ask on.
 */
export async function confirmText(text: string, command: string): Promise<boolean> {
  process.stderr.write(`${text}\n\n`);
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new FailureError({
      code: 'USAGE',
      message: `gear ${command} would change this host, and there is no terminal to ask on`,
      next: `gear ${command} --yes`,
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Do this? [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
