import { runCommand } from '../process/command.ts';
import type { CommandOutcome, RunCommand } from '../process/command.ts';
import { commandPath, startFailure } from './create.ts';
import { engineDown, engineRefused } from './engine-failure.ts';
import type { InvokingUser } from './invoking-user.ts';
import { parseJson } from './json.ts';

/** Podman waits for locks that another podman holds, such as one that unpacks layers. */
const answerTimeoutMs = 60_000;

/**
 * A podman that answers lives for 40 ms, of which Go spends a fifth collecting what its start left: with a heap that may
 * grow to four times of what lives, not twice, it ends before it has to (pkg.go.dev/runtime). Not for one that pulls.
 */
const briefGo = { GOGC: '300' } as const;

export interface PodmanOptions {
  /** Null: as long as it takes. */
  readonly timeoutMs?: number | null;
  readonly signal?: AbortSignal;
  readonly onStderr?: (text: string) => void;
  /** Beside what podman is given anyway. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** The podman command of a host. `what` completes "could not …" in each. */
export interface PodmanCommand {
  readonly command: string;
  readonly user: InvokingUser;
  /** Runs it to its end, whatever its exit status. ENGINE_DOWN after the time, ENGINE_ABSENT, NOT_ROOT. */
  run(what: string, args: readonly string[], options?: PodmanOptions): Promise<CommandOutcome>;
  /** As run, and ENGINE_FAILED with its words when it fails. Returns stdout. */
  text(what: string, args: readonly string[], options?: PodmanOptions): Promise<string>;
  /** Removes a folder that podman made for itself. */
  clear(folder: string): Promise<void>;
  /** As text, read as JSON. */
  json(what: string, args: readonly string[], options?: PodmanOptions): Promise<unknown>;
}

/** Podman by its command: the socket of its service is off by default, and an engine that nobody started stays so. */
export function podmanCommand(
  command: string,
  user: InvokingUser,
  run: RunCommand = runCommand,
): PodmanCommand {
  const environment = podmanEnvironment(user);
  const podman: PodmanCommand = {
    command,
    user,
    async run(what, args, options = {}) {
      const { timeoutMs = answerTimeoutMs, environment: more = {}, ...rest } = options;
      const bound = timeoutMs === null ? {} : { timeoutMs };
      const brief = timeoutMs === null ? {} : briefGo;
      const outcome = await run(command, args, {
        environment: { ...environment, ...brief, ...more },
        ...bound,
        ...rest,
      }).catch((error: unknown) => {
        throw startFailure('podman', command, what, error);
      });
      if (outcome.timedOut) throw engineDown('podman', `it did not ${what} in time`);
      return outcome;
    },
    async text(what, args, options) {
      const outcome = await podman.run(what, args, options);
      if (outcome.status !== 0) throw engineRefused('podman', what, outcome.stderr);
      return outcome.stdout;
    },
    async clear(folder) {
      await run('rm', ['-rf', '--', folder], { environment, timeoutMs: answerTimeoutMs });
    },
    async json(what, args, options) {
      const text = (await podman.text(what, args, options)).trim();
      // Some lists are printed as nothing when they are empty.
      if (text === '') return [];
      const value = parseJson(text);
      if (value === undefined) throw engineRefused('podman', what, 'its answer is not JSON');
      return value;
    },
  };
  return podman;
}

/** What podman may take from the invoking user: whose credentials, and which way to the registry. */
const passedOn = [
  'XDG_RUNTIME_DIR',
  'REGISTRY_AUTH_FILE',
  'DOCKER_CONFIG',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
] as const;

/**
 * A unit knows nothing of CONTAINER_HOST, CONTAINERS_CONF or CONTAINERS_STORAGE_CONF, so podman must not either: gear
 * would look into another storage than the one that the containers run from.
 */
export function podmanEnvironment(user: InvokingUser): Record<string, string> {
  const passed = passedOn.flatMap((name) => {
    const value = user.environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // Credential helpers are looked up in PATH too.
  const path = user.environment['PATH'];
  return {
    ...Object.fromEntries(passed),
    HOME: user.home,
    PATH: path === undefined || path === '' ? commandPath : `${commandPath}:${path}`,
  };
}

/** As a unit would run it: nothing of the invoking user but where podman keeps its own. */
export function podmanUnitEnvironment({ uid, home, environment }: InvokingUser): Record<string, string> {
  const runtime = environment['XDG_RUNTIME_DIR'];
  // A user's systemd gives it to every unit, and that of the machine to none.
  const session = uid === 0 || runtime === undefined ? {} : { XDG_RUNTIME_DIR: runtime };
  return { PATH: commandPath, HOME: home, ...session };
}
