import type { Directive, RestartPolicy } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import type { AppNetwork } from '../model/network.ts';
import { isOneShot } from '../model/one-shot.ts';
import { paths } from '../model/paths.ts';
import { containerName } from '../model/container-name.ts';
import { unitName } from '../model/unit-names.ts';
import { clearFilesGate, credentials, putFilesGate, type Credential } from './container-files.ts';
import { directivesOf } from './directives.ts';
import { stopTimeoutSeconds } from './engine-arguments.ts';
import { isInherited } from './environment-names.ts';
import { environmentPath } from './environment-file.ts';
import { gateCommand } from './gates.ts';
import { initGates } from './init-steps.ts';
import { networkCreateArguments } from './network-arguments.ts';
import { chosenSlice, logDriver } from './option-arguments.ts';
import type { Relations } from './relations.ts';
import { restartPolicy, restartTiming, type RestartTiming } from './restart-timing.ts';
import { sliceName } from './slice.ts';
import type { RenderTarget } from './unit.ts';

/** An assignment of Environment=. */
interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** What every template sees. Values are plain: each helper escapes for the place that it writes to. */
export interface UnitView {
  readonly unit: string;
  readonly instance: string;
  readonly description: string;
  readonly slice: string;
  readonly environmentFile: string | null;
  readonly environment: readonly Assignment[];
  readonly startSeconds: number | 'infinity';
  readonly restartTiming: RestartTiming;
}

export interface ContainerView extends UnitView, Omit<Relations, 'gated'> {
  readonly mountsFor: readonly string[];
  readonly stopSeconds: number;
  readonly restart: RestartPolicy;
  readonly requiredUnits: boolean;
  readonly requireGate: readonly string[];
  /** Runs to its end; `remains`: and counts as active after that. */
  readonly oneShot: boolean;
  readonly remains: boolean;
  readonly scheduled: boolean;
  /** Of a user's own systemd, which has no targets of the machine. */
  readonly ofUser: boolean;
  readonly bootTarget: string;
  /** The attached stream is not for the journal, which has the lines from elsewhere. */
  readonly logsElsewhere: boolean;
  readonly credentials: readonly Credential[];
  /** Gates are empty lists where there is nothing to do. */
  readonly putFilesGate: readonly string[];
  readonly clearFilesGate: readonly string[];
  readonly networkGates: readonly (readonly string[])[];
  readonly initGates: readonly (readonly string[])[];
  readonly reloadCommands: readonly (readonly string[])[];
  readonly unitDirectives: readonly Directive[];
  readonly serviceDirectives: readonly Directive[];
  readonly installDirectives: readonly Directive[];
}

/** What a container's unit stands on beside the instance. */
export interface Surroundings {
  readonly relations: Relations;
  readonly networks: ReadonlyMap<string, AppNetwork>;
}

/** A pull by digest after a prune must fit; what hangs for longer is ended by systemd. */
const startSeconds = 600;
/** systemd's clock starts before the engine's. */
export const stopMarginSeconds = 15;

export function containerView(
  instance: Instance,
  target: RenderTarget,
  { relations, networks }: Surroundings,
): ContainerView {
  const { name, engine, spec } = instance;
  const { gated, wants, requires, after, before, partOf, conflicts } = relations;
  const oneShot = isOneShot(spec);
  const attached = engine === 'docker' || oneShot;
  const view = {
    wants,
    requires,
    after,
    before,
    partOf,
    conflicts,
    environmentFile: unitEnvironment(instance),
    restartTiming: restartTiming(spec, target.systemdVersion),
    // It is the start itself that lasts as long as the work does.
    startSeconds: oneShot ? ('infinity' as const) : startSeconds,
    mountsFor: spec.mounts.filter(({ kind }) => kind === 'bind').map(({ source }) => source),
    stopSeconds: stopTimeoutSeconds(spec) + stopMarginSeconds,
    restart: restartPolicy(spec),
    requiredUnits: gated.length > 0,
    requireGate: gateCommand('require.sh', name, ...gated),
    oneShot,
    remains: oneShot && spec.schedule === undefined,
    scheduled: spec.schedule !== undefined,
    ofUser: paths.scope === 'user',
    bootTarget: paths.bootTarget,
    logsElsewhere: !attached || logDriver(instance) === 'journald',
    credentials: credentials(instance),
    putFilesGate: putFilesGate(instance),
    clearFilesGate: clearFilesGate(instance),
    networkGates: networkGates(instance, target, networks),
    initGates: initGates(instance, target.engineCommand),
    reloadCommands: reloadCommands(instance, target),
    unitDirectives: directivesOf(spec.directives, 'Unit'),
    serviceDirectives: directivesOf(spec.directives, 'Service'),
    installDirectives: directivesOf(spec.directives, 'Install'),
    unit: unitName(name),
    description: `${name} (${instance.image.reference})`,
  };
  return Object.assign(view, instanceView(instance));
}

/** For the networks that gear owns; others are whoever's they are. */
function networkGates(
  { name, spec }: Instance,
  { engineCommand }: RenderTarget,
  networks: ReadonlyMap<string, AppNetwork>,
): readonly (readonly string[])[] {
  const gates: (readonly string[])[] = [];
  for (const use of spec.networks ?? []) {
    const network = networks.get(use.name);
    if (network === undefined) continue;
    gates.push(gateCommand('network.sh', name, use.name, engineCommand, ...networkCreateArguments(network)));
  }
  return gates;
}

/** New files first, then word of them. */
function reloadCommands(instance: Instance, { engineCommand }: RenderTarget): readonly (readonly string[])[] {
  const { reload } = instance.spec;
  if (reload === undefined) return [];
  const container = containerName(instance);
  const files = putFilesGate(instance);
  const told =
    reload.kind === 'signal'
      ? [engineCommand, 'kill', '--signal', reload.signal, container]
      : [engineCommand, 'exec', container, ...reload.command];
  return files.length === 0 ? [told] : [files, told];
}

/** What the units of an instance have in common. */
export function instanceView(instance: Instance): Pick<UnitView, 'instance' | 'slice' | 'environment'> {
  const { name, app, engine, hash } = instance;
  return {
    instance: name,
    // Podman's container is in the cgroup of the unit, so the user's slice is the unit's.
    slice: (engine === 'podman' ? chosenSlice(instance) : undefined) ?? sliceName(app),
    environment: [...engineEnvironment(instance), { name: 'GEAR_HASH', value: hash }],
  };
}

/** The file that systemd itself reads, where it may know any of the names. */
function unitEnvironment({ environmentKeys, environmentFile }: Instance): string | null {
  return environmentFile !== null && environmentKeys.some(isInherited)
    ? environmentPath(environmentFile)
    : null;
}

/** root's own Docker configuration could put its proxy, with the password, into containers, or lead to another host. */
function engineEnvironment({ engine }: Instance): readonly Assignment[] {
  if (engine === 'podman') return [];
  return [
    { name: 'DOCKER_CONFIG', value: paths.emptyConfig },
    { name: 'DOCKER_HOST', value: `unix://${paths.dockerSocket}` },
  ];
}
