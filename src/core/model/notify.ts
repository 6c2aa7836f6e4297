import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { paths } from './paths.ts';

/** What can be told of. */
export const notifyEvents = ['failed', 'crash-loop', 'not-ready'] as const;
export type NotifyEvent = (typeof notifyEvents)[number];

/** Who is told: a command with what it is given as arguments, or a URL, which is secret. */
export interface NotifyTarget {
  readonly name: string;
  readonly on: readonly NotifyEvent[];
  readonly send: { readonly command: readonly string[] } | { readonly webhook: string };
}

/** The folder of a target. */
export function targetFolder(name: string): string {
  return `${paths.notify}/${name}`;
}

/** A target's name is a folder's. NAME_INVALID. */
export function checkTargetName(name: string): Result<string> {
  if (/^[a-z0-9][a-z0-9_-]{0,62}$/.test(name)) return ok(name);
  return err({
    code: 'NAME_INVALID',
    message: `${quote(name)} cannot be the name of a target`,
    next: 'use lower-case letters, digits, "-" and "_", at first a letter or digit',
    subject: name,
  });
}

/** The text of the file that keeps a URL: a line of curl's configuration, which no list of processes shows. VALUE_INVALID. */
export function webhookFile(url: string): Result<string> {
  const isUrl = URL.canParse(url) && /^https?:\/\/[^\s"\\\p{Cc}]+$/u.test(url);
  if (isUrl) return ok(`url = "${url}"\n`);
  return err({
    code: 'VALUE_INVALID',
    message: 'what was given is no URL of a webhook',
    next: 'give one line that begins with https://',
  });
}

/** The text of the file that keeps a command, a word a line. VALUE_INVALID. */
export function commandFile(words: readonly string[]): Result<string> {
  const wrong = words.findIndex((word) => /[\n\0]/.test(word));
  if (words.length > 0 && words[0] !== '' && wrong === -1) return ok(`${words.join('\n')}\n`);
  return err({
    code: 'VALUE_INVALID',
    message:
      words.length === 0 || words[0] === ''
        ? 'the command is missing'
        : 'a word of the command has a line end',
    next: 'write the command after --; what needs more than words belongs into a script',
  });
}
