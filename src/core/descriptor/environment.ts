import { ok, type Result } from '../../errors/failure.ts';
import type { Environment } from '../model/container.ts';
import { refuse } from './refuse.ts';

/** execve(2): one string of an environment, with its closing zero, has at most 32 pages. */
const longestBytes = 131_072;

/** A variable as given: without a value, it takes that of the invoking environment. */
export interface Variable {
  readonly key: string;
  readonly value?: string;
}

/** The beginning of an entry that cannot be a value: what follows may be secret, so no message shows it. */
export function shownKey(entry: string): string {
  const [shown = ''] = /^[\w.-]{0,40}/.exec(entry) ?? [];
  return shown.length === entry.length ? shown : `${shown}${entry[shown.length] === '=' ? '=' : ''}…`;
}

/** Reads KEY=VALUE or KEY. ENV_INVALID for a key that systemd or a value that the kernel does not carry. */
export function parseVariable(entry: string): Result<Variable> {
  const at = entry.indexOf('=');
  const key = at === -1 ? entry : entry.slice(0, at);
  const checked = checkKey(key);
  if (!checked.ok) return checked;
  if (at === -1) return ok({ key });
  const value = entry.slice(at + 1);
  if (value.includes('\0'))
    return refuse(
      'ENV_INVALID',
      `the value of ${key} holds a zero byte`,
      'put it into a file and mount that',
    );
  if (isTooLong(entry))
    return refuse(
      'ENV_INVALID',
      `the value of ${key} is longer than 128 KiB`,
      'put it into a file and mount that',
    );
  return ok({ key, value });
}

/** Most are known to be short enough by their characters, none of which takes more than three bytes. */
function isTooLong(entry: string): boolean {
  return entry.length * 3 >= longestBytes && new TextEncoder().encode(entry).length >= longestBytes;
}

/** ENV_INVALID unless it is a name as systemd.exec(5) takes it: letters, digits and "_", no digit first. */
export function checkKey(key: string): Result<string> {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return ok(key);
  if (key === '') return refuse('ENV_INVALID', 'a variable has no name', 'write it as KEY=VALUE');
  return refuse(
    'ENV_INVALID',
    `a variable cannot be called ${shownKey(key)}: systemd carries letters, digits and "_" only`,
    'write it as KEY=VALUE',
  );
}

/** The value that the invoking environment has for the key. */
export function inherited(key: string, environment: Environment): string | undefined {
  return Object.hasOwn(environment, key) ? environment[key] : undefined;
}
