import { FailureError } from '../errors/failure.ts';
import { secretInput } from './context.ts';

const longest = 4096;

/** The URL of a webhook from stdin, or asked for without showing it: it is a secret. */
async function readWebhook(name: string): Promise<string> {
  const bytes = await secretInput(name, '-', {
    limit: longest,
    tell: (text) => process.stderr.write(text),
    what: 'webhook URL of',
    without: 'nothing was added',
  });
  return new TextDecoder().decode(bytes).trim();
}

/** What a target is made of: a command after `--`, or --webhook. FailureError USAGE. */
export async function readTarget(
  name: string,
  webhook: boolean,
  command: readonly string[],
): Promise<{ readonly command: readonly string[] } | { readonly webhook: string }> {
  if (webhook && command.length === 0) return { webhook: await readWebhook(name) };
  if (!webhook && command.length > 0) return { command };
  throw new FailureError({
    code: 'USAGE',
    message: webhook ? 'a webhook and a command are two targets' : 'nothing says how to tell',
    next: `gear notify add ${name} -- COMMAND; or: gear notify add ${name} --webhook`,
  });
}
