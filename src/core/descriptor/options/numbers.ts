import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';

type Reader = (text: string) => Result<string>;

/** Reads a whole number between two bounds, without leading zeros. VALUE_INVALID otherwise. */
export function wholeNumber(what: string, least: number, most: number): Reader {
  return (text) => {
    const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return ok(String(value));
    return refuse('VALUE_INVALID', `${quote(text)} is not ${what}`, `give ${least} to ${most}`);
  };
}

/** The same with -1 for no limit. */
export function numberOrUnlimited(what: string, most: number): Reader {
  const bounded = wholeNumber(what, 1, most);
  return (text) => (text === '-1' ? ok(text) : bounded(text));
}

/** Processors or memory nodes as cpuset(7) lists them: sorted, runs joined, so that `1,0,2` is `0-2`. VALUE_INVALID otherwise. */
export function parseCpuset(text: string): Result<string> {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [, first = '', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    if (first === '' || Number(last) < Number(first))
      return refuse('VALUE_INVALID', `${quote(text)} is not a list of numbers`, 'write it as 0-3 or 0,2');
    for (let each = Number(first); each <= Number(last); each++) found.add(each);
  }
  const runs: [number, number][] = [];
  for (const each of [...found].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.[1] === each - 1) run[1] = each;
    else runs.push([each, each]);
  }
  return ok(runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(','));
}
