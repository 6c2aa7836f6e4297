import { runCommand } from '../process/command.ts';
import type { CommandOutcome } from '../process/command.ts';
import { brokenCredentialHelper } from './credential-failure.ts';
import type { RegistryCredentials } from './credential-file.ts';
import { findCommand } from '../process/find-command.ts';
import type { InvokingUser } from './invoking-user.ts';
import { object, parseJson, string } from './json.ts';

/** A helper may ask a person for a passphrase. */
const helperTimeoutMs = 60_000;

/**
 * Asks docker-credential-NAME for the credentials of a server, by the protocol of docker-credential-helpers: `get`, the
 * server on stdin, JSON on stdout. Null when it has none. CREDENTIALS when it is absent or fails. `namedIn` is the
 * file that names it.
 */
export async function helperCredentials(
  name: string,
  server: string,
  namedIn: string,
  user: InvokingUser,
): Promise<RegistryCredentials | null> {
  const helper = `docker-credential-${name}`;
  const command = /^[\w.-]+$/.test(name) ? findCommand(helper, user.environment['PATH']) : null;
  if (command === null) throw brokenCredentialHelper(helper, server, namedIn, 'is not installed');
  const outcome = await runCommand(command, ['get'], {
    environment: definedOf(user.environment),
    input: server,
    timeoutMs: helperTimeoutMs,
  });
  if (outcome.timedOut)
    throw brokenCredentialHelper(helper, server, namedIn, 'did not answer within a minute');
  if (outcome.status !== 0) {
    if (outcome.stdout.includes('credentials not found')) return null;
    throw brokenCredentialHelper(helper, server, namedIn, `failed with ${exitOf(outcome)}`);
  }
  const answer = object(parseJson(outcome.stdout));
  const username = string(answer['Username']);
  const secret = string(answer['Secret']);
  if (secret === '')
    throw brokenCredentialHelper(helper, server, namedIn, 'gave an answer that is not credentials');
  return username === '<token>'
    ? { username: '', password: '', identityToken: secret }
    : { username, password: secret, identityToken: '' };
}

function exitOf(outcome: CommandOutcome): string {
  return outcome.status === null ? 'a signal' : `exit status ${String(outcome.status)}`;
}

function definedOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
