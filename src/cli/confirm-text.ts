import { FailureError } from '../errors/failure.ts';
import { askYes } from './ask.ts';

/**
 * Shows what a command would do and asks on the terminal, where only a yes is one. FailureError USAGE where there is no
 * terminal to ask on.
 */
export async function confirmText(text: string, command: string, host = 'this host'): Promise<boolean> {
  process.stderr.write(`${text}\n\n`);
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new FailureError({
      code: 'USAGE',
      message: `gear ${command} would change ${host}, and there is no terminal to ask on`,
      next: `gear ${command} --yes`,
    });
  }
  return askYes('Do this?');
}
