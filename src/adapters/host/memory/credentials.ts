import type { CommandResult } from '../../../ports/host.ts';

const mark = 'memory-credential';

/**
 * systemd-creds(1) in memory: `encrypt` and `decrypt` from stdin to stdout. What it encrypts is readable to nobody by
 * sight, and to `decrypt` only under the name that it was encrypted for.
 */
export function runCredentials(
  [, verb = '', ...words]: readonly string[],
  input: string | Uint8Array = '',
): CommandResult {
  const name = words.find((word) => word.startsWith('--name='))?.slice('--name='.length) ?? '';
  const bytes = Buffer.from(input);
  if (verb === 'encrypt')
    return answered(`${Buffer.from(`${mark} ${name} ${bytes.toString('base64')}`).toString('base64')}\n`);
  const [found, boundTo, value = ''] = Buffer.from(bytes.toString(), 'base64').toString().split(' ');
  if (verb !== 'decrypt' || found !== mark) return refused('Failed to decrypt credential: Bad message');
  if (boundTo !== name) return refused(`Embedded credential name does not match: ${name}`);
  return answered(value);
}

function answered(stdout: string): CommandResult {
  return { status: 0, stdout, stderr: '' };
}

function refused(words: string): CommandResult {
  return { status: 1, stdout: '', stderr: `${words}\n` };
}
