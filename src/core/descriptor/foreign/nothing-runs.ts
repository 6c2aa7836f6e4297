import type { Failure } from '../../../errors/failure.ts';
import type { ForeignApp } from './foreign-app.ts';
import { mapOf } from './foreign-writer.ts';

/** Whether an app of another format has no containers. */
export function runsNothing({ document }: ForeignApp): boolean {
  return Object.keys(mapOf(mapOf(document.value)['containers'])).length === 0;
}

/** VALUE_INVALID for a file of another format of which no container would run, with what was left out of it. */
export function nothingRuns({ document, losses }: ForeignApp): Failure {
  const why = losses.find(({ words }) => words.startsWith('left out'));
  return {
    code: 'VALUE_INVALID',
    message: 'no container of this file would run',
    next: why === undefined ? 'add one' : `${why.key} is ${why.words}`,
    place: why?.place ?? { source: document.source },
  };
}
