import { FailureError } from '../errors/failure.ts';
import { secretInput } from './context.ts';

/** Tokens that are JSON have some kilobytes. */
const longest = 64 * 1024;

/** The password for a registry: from stdin without the newline at its end, or asked for. FailureError VALUE_INVALID. */
export async function readPassword(registry: string, username: string): Promise<string> {
  const bytes = await secretInput(registry, '-', {
    limit: longest,
    tell: (text) => process.stderr.write(text),
    what: `password of ${username} for`,
    without: 'nothing was stored',
  });
  const password = new TextDecoder().decode(bytes).replace(/\r?\n$/, '');
  if (password !== '' && bytes.length <= longest && !password.includes('\0')) return password;
  throw new FailureError({
    code: 'VALUE_INVALID',
    message: password === '' ? 'the password is empty' : 'what came on stdin is no password',
    next: `gear registry login ${registry} --username ${username} <FILE, or type it at a terminal`,
  });
}
