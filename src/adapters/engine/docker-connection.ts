import type { Agent } from 'node:http';
import type Docker from 'dockerode';
import { engineDown, engineForbidden, engineRefused } from './engine-failure.ts';
import { object, string } from './json.ts';

/** A socket that is silent for this long while it owes an answer counts as dead. */
const answerTimeoutMs = 30_000;

/** dockerd behind its socket. */
export interface DockerConnection {
  readonly socketPath: string;
  /**
   * One short request. `what` completes "could not …". Statuses in `accept`, and always 304 (it is so already), give
   * null. Everything else rejects with FailureError: ENGINE_FAILED, ENGINE_DOWN or NOT_ROOT.
   */
  ask<T>(what: string, work: (docker: Docker) => Promise<T>, accept?: readonly number[]): Promise<T | null>;
  /** The client for streams and long work: no idle timeout, because a pull can be silent for minutes. */
  streams(): Promise<Docker>;
}

/** Connects on first use: dockerode takes longer to load than node itself to start. `agent` opens the connections. */
export function dockerConnection(socketPath: string, agent?: () => Agent): DockerConnection {
  let quick: Promise<Docker> | undefined;
  let patient: Promise<Docker> | undefined;
  return {
    socketPath,
    async ask(what, work, accept = []) {
      quick ??= client(socketPath, answerTimeoutMs, agent);
      try {
        return await work(await quick);
      } catch (error) {
        const status = statusOf(error);
        if (status === 304 || (status !== null && accept.includes(status))) return null;
        throw dockerFailure(error, what, socketPath);
      }
    },
    streams() {
      patient ??= client(socketPath, undefined, agent);
      return patient;
    },
  };
}

/** The HTTP status of a refusal; null when there was no answer. */
export function statusOf(error: unknown): number | null {
  const status = object(error)['statusCode'];
  return typeof status === 'number' ? status : null;
}

/** dockerd's own words of a refusal, without what docker-modem puts before them. */
export function wordsOf(error: unknown): string {
  const words = string(object(object(error)['json'])['message']);
  if (words !== '') return words;
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [a-z ]+ - /, '').trim();
}

/** What a rejected request means. An error that is neither a refusal nor the system's is a bug and is returned as it is. */
export function dockerFailure(error: unknown, what: string, socketPath: string): unknown {
  if (statusOf(error) !== null) return engineRefused('docker', what, wordsOf(error));
  const code = string(object(error)['code']);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return engineForbidden('docker', `${socketPath} refuses the connection`);
    case 'ENOENT':
      return engineDown('docker', `there is no socket ${socketPath}`);
    case 'ECONNREFUSED':
      return engineDown('docker', `nobody listens on ${socketPath}`);
    // docker-modem ends a request by its own timeout in the same way as a server that goes away.
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return engineDown('docker', `the connection ended while gear tried to ${what}`);
    case 'ABORT_ERR':
      return engineDown('docker', `it did not ${what} in time`);
    case '':
      return error;
    default:
      return engineDown('docker', `${code} on ${socketPath}`);
  }
}

async function client(
  socketPath: string,
  timeoutMs: number | undefined,
  agent?: () => Agent,
): Promise<Docker> {
  const [{ default: Client }, { socketAgent }] = await Promise.all([
    import('dockerode'),
    import('./docker-agent.ts'),
  ]);
  const options = {
    socketPath,
    protocol: 'http' as const,
    agent: (agent ?? socketAgent)(),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  };
  return withoutDockerEnvironment(() => new Client(options));
}

/**
 * docker-modem reads DOCKER_HOST, DOCKER_CERT_PATH and the like in its constructor, and lets a tcp: host win over the
 * socket that it is given, so they are taken away for as long as that takes (it does not await).
 */
function withoutDockerEnvironment<T>(make: () => T): T {
  const saved = Object.entries(process.env).filter(([name]) => name.startsWith('DOCKER_'));
  for (const [name] of saved) Reflect.deleteProperty(process.env, name);
  try {
    return make();
  } finally {
    for (const [name, value] of saved) process.env[name] = value;
  }
}
