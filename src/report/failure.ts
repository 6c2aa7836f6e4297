import type { Failure } from '../errors/failure.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';

/**
 * How failures read: what happened, where in the text, what to type. The last lines of a container come last, so that
 * they stand right above the prompt.
 */
export function printFailures(failures: readonly Failure[], style: Style): string {
  const blocks = failures.map((failure) => printFailure(failure, style)).join('');
  const details = failures.flatMap((failure) => printDetails(failure, style)).join('');
  return blocks + details;
}

function printFailure(failure: Failure, style: Style): string {
  const lines = [`${style.bad('error:')} ${plain(failure.message)}`];
  const { place } = failure;
  if (place !== undefined) {
    const position = [place.source, place.line, place.column].filter((part) => part !== undefined).join(':');
    lines.push(
      style.dim(`  at ${plain(position)}${place.text === undefined ? '' : `: ${plain(place.text)}`}`),
    );
  }
  if (failure.next !== '') lines.push(`  → ${plain(failure.next)}`);
  return `${lines.join('\n')}\n`;
}

function printDetails(failure: Failure, style: Style): readonly string[] {
  if (failure.details === undefined || failure.details.length === 0) return [];
  const isLog = ['TAKEN_BACK', 'START_FAILED', 'STOP_FAILED', 'WAIT_TIMEOUT'].includes(failure.code);
  const title = style.dim(
    isLog ? `the last lines of ${failure.subject ?? 'it'}:` : 'in the words of who refused:',
  );
  return [`${title}\n${failure.details.map((line) => `  ${plain(line)}\n`).join('')}`];
}
