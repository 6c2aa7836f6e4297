import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { checkName } from '../model/names.ts';
import { isSystemdUnit } from '../model/systemd-unit.ts';
import { refuse } from './refuse.ts';

/**
 * Reads the name of what a container needs: a full name, its unit's name (which is turned into the full name), or any
 * other systemd unit with its suffix. VALUE_INVALID or NAME_INVALID otherwise.
 */
export function parseDependency(text: string): Result<string> {
  const [, own] = /^ctr-(.+)\.service$/.exec(text) ?? [];
  if (own !== undefined && !own.endsWith('-ready')) return parseFullName(own);
  if (!isSystemdUnit(text)) return parseFullName(text);
  // systemd.unit(5): the characters of a unit's name, and its greatest length.
  if (/^[A-Za-z0-9:_.\\@-]{1,255}$/.test(text)) return ok(text);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} cannot be the name of a unit`,
    'systemctl list-units shows the names',
  );
}

function parseFullName(text: string): Result<string> {
  const [app = '', container, ...more] = text.split('.');
  if (more.length > 0)
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} is neither a container nor a unit`,
      'give a container, such as shop.web, or a unit with its suffix, such as network-online.target',
    );
  const failures = [app, ...(container === undefined ? [] : [container])]
    .map(checkName)
    .flatMap((part) => (part.ok ? [] : part.failures));
  return failures.length > 0 ? err(...failures) : ok(text);
}
