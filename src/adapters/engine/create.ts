import type { EngineKind } from '../../core/model/container.ts';
import { FailureError } from '../../errors/failure.ts';
import type { CreateRequest } from '../../ports/engine.ts';
import type { CommandOutcome, RunCommand } from '../process/command.ts';
import { engineAbsent, engineDown, engineForbidden, engineRefused } from './engine-failure.ts';
import { object, string } from './json.ts';
import { scrub } from './scrub.ts';

/** `create` never pulls, so it is a matter of seconds even on a slow disk. */
const createTimeoutMs = 120_000;

/** What a unit's own commands find in PATH. */
export const commandPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Creates by the engine's own command, with the very arguments that the unit's ExecStartPre would use, so that there is
 * one form of a container. `environment` is the command's own and wins over the container's values, whose names are
 * chosen so that they do not meet. Secrets go by environment, never by argv. Returns the ID. ENGINE_FAILED with the
 * engine's words.
 */
export async function createByCommand(
  kind: EngineKind,
  command: string,
  request: CreateRequest,
  environment: Readonly<Record<string, string>>,
  runCommand: RunCommand,
): Promise<string> {
  const what = `create the container ${request.name}`;
  const outcome = await run(kind, command, request, environment, what, runCommand);
  if (outcome.timedOut)
    throw engineDown(kind, `it did not ${what} within ${String(createTimeoutMs / 1000)} s`);
  if (outcome.status === 0) return outcome.stdout.trim();
  const words = scrub(outcome.stderr, Object.values(request.environment));
  if (/cannot connect to the docker daemon|is the docker daemon running/i.test(words))
    throw engineDown(kind, `it did not ${what}`);
  if (/permission denied while trying to connect/i.test(words))
    throw engineForbidden(kind, 'its socket refuses it');
  throw engineRefused(kind, what, words);
}

async function run(
  kind: EngineKind,
  command: string,
  request: CreateRequest,
  environment: Readonly<Record<string, string>>,
  what: string,
  runCommand: RunCommand,
): Promise<CommandOutcome> {
  try {
    return await runCommand(command, request.arguments, {
      environment: { ...request.environment, ...environment },
      timeoutMs: createTimeoutMs,
    });
  } catch (error) {
    throw startFailure(kind, command, what, error);
  }
}

/** What it means that an engine's command could not even be started. */
export function startFailure(kind: EngineKind, command: string, what: string, error: unknown): unknown {
  if (error instanceof FailureError) return error;
  switch (string(object(error)['code'])) {
    case 'ENOENT':
      return engineAbsent(kind);
    case 'EACCES':
    case 'EPERM':
      return engineForbidden(kind, `${command} cannot be executed`);
    case 'E2BIG':
      return engineRefused(kind, what, 'the environment is larger than the system allows (128 KiB a value)');
    default:
      return error;
  }
}
