import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { refuse } from '../refuse.ts';

/** The limits that both engines know, of setrlimit(2). */
const limits: readonly string[] =
  'as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  );

/** Reads NAME=SOFT[:HARD] as NAME=SOFT:HARD; -1 is no limit. VALUE_INVALID otherwise. */
export function parseUlimit(text: string): Result<string> {
  const [, name = '', soft = '', hard = soft] =
    /^([a-z]+)=(-1|\d{1,15})(?::(-1|\d{1,15}))?$/.exec(text) ?? [];
  const [given = ''] = text.split('=');
  if (name === '' && (limits.includes(given) || !/^[a-z]+=/.test(text)))
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} is not a limit`,
      'write it as nofile=1024:2048; -1 is no limit',
    );
  if (!limits.includes(given)) {
    const near = nearest(given, limits);
    return refuse(
      'VALUE_INVALID',
      `there is no limit ${quote(given)}`,
      near === undefined ? `use one of ${limits.join(', ')}` : `did you mean ${near}?`,
    );
  }
  if (above(Number(soft), Number(hard)))
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} has a soft limit above its hard one`,
      'give the lower number first',
    );
  return ok(`${name}=${Number(soft)}:${Number(hard)}`);
}

function above(soft: number, hard: number): boolean {
  if (hard === -1) return false;
  return soft === -1 || soft > hard;
}
