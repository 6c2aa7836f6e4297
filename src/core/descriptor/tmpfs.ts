import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { Tmpfs } from '../model/container.ts';
import { refuse } from './refuse.ts';

/** Reads `/path[:OPTION,…]` as `docker run --tmpfs` does. VALUE_INVALID otherwise. */
export function parseTmpfs(text: string): Result<Tmpfs> {
  const colon = text.indexOf(':');
  const target = colon === -1 ? text : text.slice(0, colon);
  const given = colon === -1 ? [] : text.slice(colon + 1).split(',');
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  if (/\p{Cc}/u.test(text) || !target.startsWith('/') || parts.length === 0 || parts.includes('..'))
    return refuse(
      'VALUE_INVALID',
      `${quote(target)} is no place in a container`,
      'give an absolute path, such as /tmp:size=64m',
    );
  const unfit = given.find((option) => !/^[A-Za-z_]+(=[^\s,]+)?$/.test(option));
  if (unfit !== undefined)
    return refuse(
      'VALUE_INVALID',
      `${quote(unfit)} is not an option of a file system in memory`,
      'write it as /tmp:size=64m,mode=1777',
    );
  return ok({ target: `/${parts.join('/')}`, options: [...new Set(given)].sort() });
}
