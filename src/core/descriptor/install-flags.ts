import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { parseCpus, parseMemory, parseRetries } from './amounts.ts';
import { parseDependency } from './dependency.ts';
import { parseDuration } from './duration.ts';
import { parseEnvFile } from './env-file.ts';
import { inherited, parseVariable } from './environment.ts';
import { parseVolume } from './mount.ts';
import { parsePublish } from './port-mapping.ts';
import { refuse } from './refuse.ts';
import type { SpecChange, Surroundings } from './spec-change.ts';
import { parseRestart, parseShellLine, parseUser } from './words.ts';

/** One flag that says how a container is to be. The commands' flags, their help and docs/cli.md are made from these. */
export interface InstallFlag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in help; a flag without one is a switch. */
  readonly value?: string;
  readonly repeatable: boolean;
  readonly summary: string;
  /** A value that parses. */
  readonly example: string;
  /** The value may hold a secret, and is shown in no message or history beyond the name of the variable. */
  readonly secret?: true;
  readonly parse: (text: string, surroundings: Surroundings) => Result<SpecChange>;
}

function map<T>(result: Result<T>, change: (value: T) => SpecChange): Result<SpecChange> {
  return result.ok ? ok(change(result.value)) : result;
}

const always = { leastMs: 0 };
const some = { leastMs: 1 };

/** In the order of help; of two that give the same variable, the later one holds. */
export const installFlags: readonly InstallFlag[] = [
  {
    name: 'publish',
    short: 'p',
    value: 'PORTS',
    repeatable: true,
    summary: 'Publish a port on the host: [IP:]HOST:CONTAINER[/udp]',
    example: '8080:80',
    parse: (text) => map(parsePublish(text), (port) => ({ ports: [port] })),
  },
  {
    name: 'volume',
    short: 'v',
    value: 'VOLUME',
    repeatable: true,
    summary: 'Mount a named volume, or a path of the host: SOURCE:/PATH[:ro,rw,z,Z,U]',
    example: 'data:/var/lib/data',
    parse: (text, { directory }) => map(parseVolume(text, directory), (mount) => ({ mounts: [mount] })),
  },
  {
    name: 'env-file',
    value: 'FILE',
    repeatable: true,
    summary: 'Set the variables of a file of KEY=VALUE lines, in the format of docker run',
    example: 'web.env',
    parse: parseFile,
  },
  {
    name: 'env',
    short: 'e',
    value: 'KEY[=VALUE]',
    repeatable: true,
    summary: "Set a variable; a bare KEY takes this shell's value",
    example: 'MODE=production',
    secret: true,
    parse: parseEnv,
  },
  {
    name: 'restart',
    value: 'POLICY',
    repeatable: false,
    summary: 'When systemd starts it again: always (the default), on-failure or no',
    example: 'on-failure',
    parse: (text) => map(parseRestart(text), (restart) => ({ restart })),
  },
  {
    name: 'memory',
    value: 'AMOUNT',
    repeatable: false,
    summary: 'Limit its memory, in b, k, m or g',
    example: '512m',
    parse: (text) => map(parseMemory(text), (memoryBytes) => ({ memoryBytes })),
  },
  {
    name: 'cpus',
    value: 'NUMBER',
    repeatable: false,
    summary: 'Limit its processor time to so many processors',
    example: '1.5',
    parse: (text) => map(parseCpus(text), (cpus) => ({ cpus })),
  },
  {
    name: 'user',
    value: 'USER[:GROUP]',
    repeatable: false,
    summary: "Run as this user instead of the image's",
    example: '1000:1000',
    parse: (text) => map(parseUser(text), (user) => ({ user })),
  },
  {
    name: 'health-cmd',
    value: 'LINE',
    repeatable: false,
    summary: 'Shell line, run in the container, that succeeds when it is healthy',
    example: 'wget -qO- http://127.0.0.1/',
    parse: (text) => map(parseShellLine(text), (command) => ({ health: { command } })),
  },
  {
    name: 'health-interval',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time between two health checks',
    example: '10s',
    parse: (text) => map(parseDuration(text, some), (intervalMs) => ({ health: { intervalMs } })),
  },
  {
    name: 'health-timeout',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time after which a health check has failed',
    example: '5s',
    parse: (text) => map(parseDuration(text, some), (timeoutMs) => ({ health: { timeoutMs } })),
  },
  {
    name: 'health-retries',
    value: 'NUMBER',
    repeatable: false,
    summary: 'Failed checks in a row that make it unhealthy',
    example: '3',
    parse: (text) => map(parseRetries(text), (retries) => ({ health: { retries } })),
  },
  {
    name: 'health-start-period',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time after the start in which failed checks do not count',
    example: '1m30s',
    parse: (text) => map(parseDuration(text, always), (startPeriodMs) => ({ health: { startPeriodMs } })),
  },
  {
    name: 'no-healthcheck',
    repeatable: false,
    summary: "Run no health check, not even the image's",
    example: '',
    parse: () => ok({ health: { disabled: true } }),
  },
  {
    name: 'stop-timeout',
    value: 'DURATION',
    repeatable: false,
    summary: 'Time it has to stop before it is killed; a bare number is seconds (10 by default)',
    example: '30',
    parse: (text) =>
      map(parseDuration(text, { leastMs: 0, bare: 's' }), (stopTimeoutMs) => ({ stopTimeoutMs })),
  },
  {
    name: 'after',
    value: 'NAME',
    repeatable: true,
    summary: 'Start after this container is ready, or after this systemd unit',
    example: 'db',
    parse: (text) => map(parseDependency(text), (name) => ({ after: [name] })),
  },
  {
    name: 'requires',
    value: 'NAME',
    repeatable: true,
    summary: 'Start this container or systemd unit as well, and stop with it',
    example: 'srv-data.mount',
    parse: (text) => map(parseDependency(text), (name) => ({ requires: [name] })),
  },
];

function parseFile(path: string, { environment, files }: Surroundings): Result<SpecChange> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  const entries = parseEnvFile(path, file ?? { problem: 'was not read' }, environment);
  return map(entries, (variables) => ({ environment: variables }));
}

function parseEnv(text: string, { environment }: Surroundings): Result<SpecChange> {
  const variable = parseVariable(text);
  if (!variable.ok) return variable;
  const { key } = variable.value;
  const value = variable.value.value ?? inherited(key, environment);
  if (value !== undefined) return ok({ environment: Object.fromEntries([[key, value]]) });
  return refuse(
    'ENV_INVALID',
    `${quote(key)} has no value in this shell`,
    `write ${key}=VALUE, or export it first (under sudo: sudo --preserve-env=${key})`,
  );
}
