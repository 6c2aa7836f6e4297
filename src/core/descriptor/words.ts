import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { RestartPolicy } from '../model/container.ts';
import { nearest } from '../model/nearest.ts';
import { refuse } from './refuse.ts';

/** The words of `docker run --restart`; unless-stopped is always, as `gear stop` holds over a boot. VALUE_INVALID otherwise. */
export function parseRestart(text: string): Result<RestartPolicy> {
  if (text === 'no' || text === 'always' || text === 'on-failure') return ok(text);
  if (text === 'unless-stopped') return ok('always');
  if (/^on-failure:\d+$/.test(text))
    return refuse(
      'VALUE_INVALID',
      'gear does not give up after a number of restarts: it waits longer before each, up to a minute',
      'use on-failure',
    );
  const near = nearest(text, ['no', 'always', 'on-failure', 'unless-stopped']);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is not a way to restart`,
    near === undefined ? 'use no, always or on-failure' : `did you mean ${near}?`,
  );
}

/** USER[:GROUP], by name or number. VALUE_INVALID otherwise. */
export function parseUser(text: string): Result<string> {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,255}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,255})?$/.test(text)) return ok(text);
  return refuse('VALUE_INVALID', `${quote(text)} is not a user`, 'write it as USER, UID or UID:GID');
}

/** A line for the container's shell as argv. VALUE_INVALID when there is none. */
export function parseShellLine(text: string): Result<readonly string[]> {
  if (text.trim() !== '') return ok(['/bin/sh', '-c', text]);
  return refuse('VALUE_INVALID', 'the health check has no command', 'give it one, or switch the check off');
}

/** An image as the engine will read it: this refuses only what can be no reference at all. IMAGE_REFERENCE. */
export function parseImage(text: string): Result<string> {
  if (/^[\w][\w./:@+-]*$/.test(text)) return ok(text);
  return refuse(
    'IMAGE_REFERENCE',
    text === '' ? 'the image is empty' : `${quote(text)} is not the name of an image`,
    'write it as NAME:TAG, such as nginx:1.27 or registry.example.com/shop/web:3',
  );
}

/**
 * What an engine is to call a container: what both of them take. NAME_INVALID otherwise, and for what could be the name
 * that gear gives another one.
 */
export function parseContainerName(text: string): Result<string> {
  if (text.startsWith('ctr-'))
    return refuse(
      'NAME_INVALID',
      `the container name ${quote(text)} begins with "ctr-", as those that gear gives do`,
      'let it begin otherwise',
    );
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}$/.test(text)) return ok(text);
  return refuse(
    'NAME_INVALID',
    `${quote(text)} is not a name that the engines give a container`,
    'use 2 to 255 of a-z, A-Z, 0-9, "_", "." and "-", starting with a letter or digit',
  );
}
