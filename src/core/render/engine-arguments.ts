import type { ContainerSpec, PortMapping } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { dockerContainerName, podmanContainerName } from '../model/unit-names.ts';
import { escapeUnitPart } from './escape.ts';
import { isInherited } from './environment-names.ts';
import { rawEnvironmentPath } from './environment-file.ts';
import { healthArguments } from './health-arguments.ts';

/** One group of options: a pure function of the instance. New flags of the descriptor become new entries. */
type ArgumentGroup = (instance: Instance) => readonly string[];

/** Docker keeps what it logs bounded; the journal gets the attached stream. */
const dockerLogging: ArgumentGroup = () => [
  ...['--log-driver', 'local', '--log-opt', 'max-size=10m', '--log-opt', 'max-file=3'],
];

/**
 * Podman's conmon stands in the unit's own cgroup, so what it writes to the journal is the unit's, once. The driver
 * `passthrough` would hand the payload a socket, which images that open /dev/stdout cannot open.
 */
const podmanLogging: ArgumentGroup = ({ name }) => ['--log-driver', 'journald', '--log-opt', `tag=${name}`];

/** The labels are for a volume that is gone (pruned): the engine then makes it anew, and it is still gear's. */
const dockerVolumes: ArgumentGroup = (instance) =>
  instance.ownedVolumes.flatMap(({ name, target }) => {
    const owner = Object.entries(ownerLabels(instance)).map(
      ([label, value]) => `volume-label=${label}=${value}`,
    );
    return ['--mount', ['type=volume', `source=${name}`, csvField(`target=${target}`), ...owner].join(',')];
  });

/** Podman has no labels here: its gate makes an absent volume, with them, before the container. */
const podmanVolumes: ArgumentGroup = ({ ownedVolumes }) =>
  ownedVolumes.flatMap(({ name, target }) => [
    '--mount',
    `type=volume,source=${name},${csvField(`target=${target}`)}`,
  ]);

const groups: readonly ArgumentGroup[] = [
  (instance) => labels({ ...ownerLabels(instance), 'gear.hash': instance.hash }),
  () => ['--pull=never', '--restart', 'no'],
  ({ spec }) => spec.ports.flatMap((port) => ['--publish', publishValue(port)]),
  ({ spec }) =>
    spec.mounts.flatMap(({ source, target, options }) => [
      '--volume',
      [source, target, ...joined(options)].join(':'),
    ]),
  ({ spec }) => optional('--memory', spec.memoryBytes, (bytes) => `${String(bytes)}b`),
  ({ spec }) => optional('--cpus', spec.cpus, String),
  ({ spec }) => optional('--user', spec.user, String),
  ({ spec }) => ['--stop-timeout', String(stopTimeoutSeconds(spec))],
  healthArguments,
  environmentArguments,
];

const dockerGroups: readonly ArgumentGroup[] = [
  ({ name, hash }) => ['--name', dockerContainerName(name, hash)],
  ...groups,
  dockerVolumes,
  ({ app }) => ['--cgroup-parent', sliceName(app)],
  dockerLogging,
];

const podmanGroups: readonly ArgumentGroup[] = [
  ({ name }) => [
    '--name',
    podmanContainerName(name),
    '--replace',
    '--detach',
    '--cgroups=split',
    '--sdnotify=conmon',
  ],
  ...groups,
  podmanVolumes,
  podmanLogging,
  // Podman would otherwise copy a proxy, with its password, from the manager's environment into the container.
  () => ['--http-proxy=false'],
];

/** `docker` arguments that create the container of this form without starting it; the first is `create`. */
export function createArguments(instance: Instance): readonly string[] {
  return assemble('create', dockerGroups, instance);
}

/** `podman` arguments that make and start the container anew; the first is `run`. */
export function runArguments(instance: Instance): readonly string[] {
  return assemble('run', podmanGroups, instance);
}

/** What every object of the engine carries that gear made for an instance. */
function ownerLabels({ app, name }: Pick<Instance, 'app' | 'name'>): Readonly<Record<string, string>> {
  return { 'gear.owner': app, 'gear.name': name };
}

/** The slice of an app. A dash in a slice's name means nesting (systemd.slice(5)), so the app's own are escaped. */
export function sliceName(app: string): string {
  return `gear-${escapeUnitPart(app)}.slice`;
}

/** The engines take whole seconds; a part of one is rounded up. */
export function stopTimeoutSeconds(spec: Pick<ContainerSpec, 'stopTimeoutMs'>): number {
  return Math.ceil(spec.stopTimeoutMs / 1000);
}

function assemble(verb: string, table: readonly ArgumentGroup[], instance: Instance): readonly string[] {
  const options = table.flatMap((group) => group(instance));
  return [verb, ...options, instance.image.id, ...(instance.spec.command ?? [])];
}

/** Names only: the values come from the environment of the command, or from the file. */
function environmentArguments({ environmentKeys, environmentFile }: Instance): readonly string[] {
  const inherited = environmentKeys.filter(isInherited).flatMap((key) => ['--env', key]);
  const raw = environmentFile !== null && environmentKeys.some((key) => !isInherited(key));
  return raw ? [...inherited, '--env-file', rawEnvironmentPath(environmentFile)] : inherited;
}

function publishValue({ hostIp, hostPort, containerPort, protocol }: PortMapping): string {
  const address = hostIp.includes(':') ? `[${hostIp.replace(/^\[|\]$/g, '')}]` : hostIp;
  return `${address === '' ? '' : `${address}:`}${String(hostPort)}:${String(containerPort)}/${protocol}`;
}

function labels(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
}

/** A field of --mount, which both engines read as a line of CSV (RFC 4180). */
function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function optional<T>(flag: string, value: T | undefined, write: (value: T) => string): readonly string[] {
  return value === undefined ? [] : [flag, write(value)];
}

function joined(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [options.join(',')];
}
