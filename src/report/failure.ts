import type { Failure, Place } from '../errors/failure.ts';
import { plain } from './plain.ts';
import { sourceLine } from './source-line.ts';
import type { Style } from './style.ts';

/** More than these would push the first, which often cause the others, out of a terminal's memory. */
const most = 100;

/**
 * How failures read: what happened, where in the text, what to type. The last lines of a container come last, so that
 * they stand right above the prompt.
 */
export function printFailures(failures: readonly Failure[], style: Style): string {
  const blocks = failures.slice(0, most).map((failure) => printFailure(failure, style));
  const details = failures.flatMap((failure) => printDetails(failure, style));
  return [...blocks, ...summary(failures), ...details].join('');
}

function printFailure(failure: Failure, style: Style): string {
  const lines = [`${style.bad('error:')} ${plain(failure.message)}`, ...printPlace(failure.place, style)];
  if (failure.next !== '') lines.push(`  → ${plain(failure.next)}`);
  return `${lines.join('\n')}\n`;
}

function printPlace(place: Place | undefined, style: Style): readonly string[] {
  if (place === undefined) return [];
  const position = [place.source, place.line, place.column].filter((part) => part !== undefined).join(':');
  const source = sourceLine(place, style.columns);
  if (source !== undefined) {
    const [line, caret] = source;
    return [style.dim(`  at ${plain(position)}`), style.dim(line), style.bad(caret)];
  }
  const text = place.text === undefined ? '' : `: ${plain(place.text)}`;
  return [style.dim(`  at ${plain(position)}${text}`)];
}

/** A closing line for failures in the text of files, where there are several. */
function summary(failures: readonly Failure[]): readonly string[] {
  const more = failures.length > most ? [`… and ${failures.length - most} more\n`] : [];
  if (failures.length < 2 || !failures.some(({ place }) => place?.column !== undefined)) return more;
  const files = new Set(failures.flatMap(({ place }) => (place === undefined ? [] : [place.source]))).size;
  return [...more, `${failures.length} errors in ${files} ${files === 1 ? 'file' : 'files'}\n`];
}

function printDetails(failure: Failure, style: Style): readonly string[] {
  if (failure.details === undefined || failure.details.length === 0) return [];
  const isLog = ['TAKEN_BACK', 'START_FAILED', 'STOP_FAILED', 'WAIT_TIMEOUT'].includes(failure.code);
  const title = style.dim(
    isLog ? `the last lines of ${failure.subject ?? 'it'}:` : 'in the words of who refused:',
  );
  return [`${title}\n${failure.details.map((line) => `  ${plain(line)}\n`).join('')}`];
}
