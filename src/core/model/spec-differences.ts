import type {
  ContainerSpec,
  Directive,
  HealthOptions,
  InitStep,
  Mount,
  NetworkUse,
  Reload,
  SecretUse,
  Tmpfs,
} from './container.ts';
import { isSame } from './same.ts';
import { portText } from './port-text.ts';
import { runOptions } from './run-options.ts';

/** One field of a spec: how its values read in words, and whether it is a list of which members come and go. */
type Field =
  | { readonly label: string; readonly one: (spec: ContainerSpec) => string | undefined }
  | {
      readonly label: string;
      readonly many: (spec: ContainerSpec) => readonly string[];
      /** Another order of the same members is another meaning. */
      readonly ordered?: true;
    };

/** Every field of ContainerSpec but the image, which a caller tells together with what it was resolved to. */
type Told = Exclude<keyof ContainerSpec, 'image' | 'options' | 'health'>;

const fields: Readonly<Record<Told, Field>> = {
  containerName: { label: 'container name', one: ({ containerName }) => containerName },
  command: { label: 'command', one: ({ command }) => words(command) },
  entrypoint: { label: 'entrypoint', one: ({ entrypoint }) => words(entrypoint) },
  ports: { label: 'port', many: ({ ports }) => ports.map(portText) },
  mounts: { label: 'volume', many: ({ mounts }) => mounts.map(mountText) },
  tmpfs: { label: 'tmpfs', many: ({ tmpfs }) => (tmpfs ?? []).map(tmpfsText) },
  networks: { label: 'network', many: ({ networks }) => (networks ?? []).map(networkText) },
  networkMode: { label: 'network mode', one: ({ networkMode }) => networkMode },
  files: {
    label: 'file',
    many: ({ files }) => (files ?? []).map(({ target, mode }) => `${target} (${modeText(mode)})`),
  },
  secrets: { label: 'secret', many: ({ secrets }) => (secrets ?? []).map(secretText) },
  init: { label: 'init step', many: ({ init }) => (init ?? []).map(initText), ordered: true },
  reload: { label: 'reload', one: ({ reload }) => (reload === undefined ? undefined : reloadText(reload)) },
  job: { label: 'job', one: ({ job }) => (job === true ? 'yes' : undefined) },
  schedule: { label: 'schedule', one: ({ schedule }) => schedule },
  restart: { label: 'restart', one: ({ restart }) => restart },
  restartDelay: {
    label: 'restart delay',
    one: ({ restartDelay: delay }) =>
      delay === undefined ? undefined : `${spanText(delay.firstMs)} to ${spanText(delay.longestMs)}`,
  },
  memoryBytes: {
    label: 'memory',
    one: ({ memoryBytes }) => (memoryBytes === undefined ? undefined : amountText(memoryBytes)),
  },
  cpus: { label: 'cpus', one: ({ cpus }) => cpus?.toString() },
  user: { label: 'user', one: ({ user }) => user },
  stopTimeoutMs: { label: 'stop timeout', one: ({ stopTimeoutMs }) => spanText(stopTimeoutMs) },
  after: { label: 'after', many: ({ after }) => after },
  requires: { label: 'requires', many: ({ requires }) => requires },
  before: { label: 'before', many: ({ before }) => before ?? [] },
  wants: { label: 'wants', many: ({ wants }) => wants ?? [] },
  partOf: { label: 'part of', many: ({ partOf }) => partOf ?? [] },
  conflicts: { label: 'conflicts', many: ({ conflicts }) => conflicts ?? [] },
  directives: {
    label: 'directive',
    many: ({ directives }) => (directives ?? []).map(directiveText),
    ordered: true,
  },
};

const healthFields: readonly Field[] = [
  healthField('health check', ({ command, disabled }) => (disabled ? 'none' : words(command))),
  healthField('health interval', ({ intervalMs }) => optionalSpan(intervalMs)),
  healthField('health timeout', ({ timeoutMs }) => optionalSpan(timeoutMs)),
  healthField('health retries', ({ retries }) => retries?.toString()),
  healthField('health start period', ({ startPeriodMs }) => optionalSpan(startPeriodMs)),
];

const optionFields: readonly Field[] = runOptions.map(({ flag, kind }) => {
  const label = flag.replaceAll('-', ' ');
  return kind === 'list'
    ? { label, many: ({ options }) => listOf(options?.[flag]) }
    : { label, one: ({ options }) => textOf(options?.[flag]) };
});

const allFields: readonly Field[] = [...Object.values(fields), ...healthFields, ...optionFields];

/** What differs between two specs, the image left out, one line each, for people. The order of a list is one only where it means something. */
export function specDifferences(before: ContainerSpec, after: ContainerSpec): readonly string[] {
  if (isSame(before, after)) return [];
  return allFields.flatMap((each) => fieldDifferences(each, before, after));
}

function fieldDifferences(field: Field, before: ContainerSpec, after: ContainerSpec): readonly string[] {
  if ('one' in field) return valueDifference(field.label, field.one(before), field.one(after));
  const [had, has] = [field.many(before), field.many(after)];
  const lines = listDifferences(field.label, had, has);
  if (lines.length > 0 || field.ordered === undefined || had.join('\n') === has.join('\n')) return lines;
  return [`${field.label}: the same in another order`];
}

/** The line for one value that changed; none when it did not. */
export function valueDifference(
  label: string,
  before: string | undefined,
  after: string | undefined,
): readonly string[] {
  if (before === after) return [];
  if (before === undefined) return [`${label}: ${after ?? ''} (was not set)`];
  if (after === undefined) return [`${label}: no longer set (was ${before})`];
  return [`${label}: ${before} → ${after}`];
}

/** The lines for the members of a list that went and came. */
export function listDifferences(
  label: string,
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const [had, has] = [new Set(before), new Set(after)];
  return [
    ...before.filter((item) => !has.has(item)).map((item) => `${label} ${item} goes`),
    ...after.filter((item) => !had.has(item)).map((item) => `${label} ${item} is new`),
  ];
}

/** Milliseconds as Go writes a duration: `1h`, `1m30s`, `500ms`. */
export function spanText(ms: number): string {
  if (ms === 0) return '0s';
  const parts = [
    [Math.floor(ms / 3_600_000), 'h'],
    [Math.floor(ms / 60_000) % 60, 'm'],
    [Math.floor(ms / 1000) % 60, 's'],
    [ms % 1000, 'ms'],
  ] as const;
  return parts.map(([amount, unit]) => (amount === 0 ? '' : `${String(amount)}${unit}`)).join('');
}

/** Bytes as `docker run --memory` takes them, in the largest unit that loses nothing. */
export function amountText(bytes: number): string {
  const units = [
    ['g', 1024 ** 3],
    ['m', 1024 ** 2],
    ['k', 1024],
  ] as const;
  const [unit, size] = units.find(([, each]) => bytes !== 0 && bytes % each === 0) ?? ['b', 1];
  return `${String(bytes / size)}${unit}`;
}

/** A mount as `docker run -v` takes it. */
export function mountText({ source, target, options }: Mount): string {
  return [source, target, ...(options.length > 0 ? [options.join(',')] : [])].join(':');
}

/** A file system in memory as `docker run --tmpfs` takes it. */
export function tmpfsText({ target, options }: Tmpfs): string {
  return options.length === 0 ? target : `${target}:${options.join(',')}`;
}

/** A file's mode as chmod(1) shows it: `0444`. */
export function modeText(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}

function healthField(label: string, value: (health: HealthOptions) => string | undefined): Field {
  return { label, one: ({ health }) => (health === undefined ? undefined : value(health)) };
}

function networkText({ name, aliases, ip, ip6 }: NetworkUse): string {
  const notes = [
    ...(aliases.length === 0 ? [] : [`as ${aliases.join(', ')}`]),
    ...[ip, ip6].flatMap((address) => (address === undefined ? [] : [address])),
  ];
  return notes.length === 0 ? name : `${name} (${notes.join('; ')})`;
}

function secretText({ name, file, mode }: SecretUse): string {
  return `${name} as ${file} (${modeText(mode)})`;
}

function initText({ image, command, entrypoint, user }: InitStep): string {
  return [image, words(entrypoint), words(command), user === undefined ? undefined : `as ${user}`]
    .filter((part) => part !== undefined)
    .join(' ');
}

function reloadText(reload: Reload): string {
  return reload.kind === 'signal' ? `signal ${reload.signal}` : `exec ${reload.command.join(' ')}`;
}

function directiveText({ section, name, value }: Directive): string {
  return `[${section}] ${name}=${value}`;
}

/** An argument with spaces is quoted, so that two argument lists that differ read differently. */
function words(list: readonly string[] | undefined): string | undefined {
  return list?.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

function optionalSpan(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : spanText(ms);
}

function listOf(value: string | true | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value === true) return [];
  return typeof value === 'string' ? [value] : value;
}

function textOf(value: string | true | readonly string[] | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value === true ? 'yes' : listOf(value).join(' ');
}
