import { FailureError } from '../errors/failure.ts';
import { askYes } from './ask.ts';

/** The same for each of several hosts, one question after the other; '' is this machine. */
export function confirmEach(command: string): (host: string, text: string) => Promise<boolean> {
  let last: Promise<unknown> = Promise.resolve();
  return (host, text) => {
    const ask = (): Promise<boolean> =>
      host === ''
        ? confirmText(text, command)
        : confirmText(text.replace(/^/gm, `${host}: `), `${command} --host ${host}`, host);
    const answer = last.then(ask, ask);
    last = answer;
    return answer;
  };
}

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
