import type { RestartPolicy } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { paths } from '../model/paths.ts';
import { containerName } from '../model/container-name.ts';
import { readyUnitName, unitName } from '../model/unit-names.ts';
import { sliceName, stopTimeoutSeconds } from './engine-arguments.ts';
import { isInherited } from './environment-names.ts';
import { environmentPath } from './environment-file.ts';
import { gateCommand } from './gates.ts';
import type { Relations } from './relations.ts';
import type { RenderTarget } from './unit.ts';

/** An assignment of Environment=. */
interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** What every template sees. Values are plain: each helper escapes for the place that it writes to. */
interface UnitView {
  readonly unit: string;
  readonly instance: string;
  readonly description: string;
  readonly slice: string;
  readonly environmentFile: string | null;
  readonly environment: readonly Assignment[];
  readonly startSeconds: number;
  /** RestartSteps= exists since systemd 254. */
  readonly growingDelay: boolean;
}

interface ContainerView extends UnitView, Omit<Relations, 'gated'> {
  readonly mountsFor: readonly string[];
  readonly stopSeconds: number;
  readonly restart: RestartPolicy;
  readonly requiredUnits: boolean;
  readonly requireGate: readonly string[];
}

/** For container-docker.service. */
export interface DockerView extends ContainerView {
  readonly keepsContainers: boolean;
  readonly createGate: readonly string[];
  readonly startCommand: readonly string[];
  readonly runningGate: readonly string[];
  readonly stopGate: readonly string[];
}

/** For container-podman.service. */
export interface PodmanView extends ContainerView {
  readonly prepareGate: readonly string[];
  readonly startCommand: readonly string[];
  readonly stopCommand: readonly string[];
  readonly removeCommand: readonly string[];
}

/** For ready.service. */
export interface ReadyView extends UnitView {
  readonly containerUnit: string;
  readonly readyGate: readonly string[];
}

/** A pull by digest after a prune must fit; what hangs for longer is ended by systemd. */
const startSeconds = 600;
/** systemd's clock starts before the engine's. */
const stopMarginSeconds = 15;
const shortestReadySeconds = 30;

/** The view of a Docker container's unit; `engineWords` are of createArguments. */
export function dockerView(
  instance: Instance,
  engineWords: readonly string[],
  target: RenderTarget,
  relations: Relations,
): DockerView {
  const { name, image, spec } = instance;
  const engine = target.engineCommand;
  const container = containerName(instance);
  const create = [engine, ...engineWords];
  return {
    ...containerView(instance, target, relations),
    keepsContainers: target.liveRestore,
    createGate: gateCommand('create.sh', name, container, image.id, image.digest ?? '', ...create),
    startCommand: [engine, 'start', '--attach', container],
    runningGate: gateCommand('running.sh', name, container, spec.restart, engine),
    stopGate: gateCommand('stop.sh', name, engine),
  };
}

/** The view of a Podman container's unit; `engineWords` are of runArguments. */
export function podmanView(
  instance: Instance,
  engineWords: readonly string[],
  target: RenderTarget,
  relations: Relations,
): PodmanView {
  const { name, app, image, ownedVolumes } = instance;
  const engine = target.engineCommand;
  const mine = ['--ignore', '--filter', `label=gear.name=${name}`];
  const prepared = [name, app, containerName(instance), image.id, image.digest ?? '', engine];
  return {
    ...containerView(instance, target, relations),
    prepareGate: gateCommand('prepare.sh', ...prepared, ...ownedVolumes.map((volume) => volume.name)),
    startCommand: [engine, ...engineWords],
    stopCommand: [engine, 'stop', ...mine],
    removeCommand: [engine, 'rm', '--force', ...mine],
  };
}

/** The view of the unit that is active once the container's check has succeeded; null where there is no check. */
export function readyView(instance: Instance, target: RenderTarget): ReadyView | null {
  const { name, check } = instance;
  if (check === null) return null;
  const boundMs = check.startPeriodMs + check.retries * (check.intervalMs + check.timeoutMs);
  const exec = [target.engineCommand, 'exec', containerName(instance), ...check.command];
  return {
    ...unitView(instance, target),
    unit: readyUnitName(name),
    description: `${name} is ready`,
    environmentFile: null,
    containerUnit: unitName(name),
    readyGate: gateCommand('ready.sh', name, String(check.timeoutMs / 1000), ...exec),
    startSeconds: Math.max(shortestReadySeconds, Math.ceil(boundMs / 1000)),
  };
}

function containerView(instance: Instance, target: RenderTarget, relations: Relations): ContainerView {
  const { name, spec } = instance;
  const { gated, ...units } = relations;
  return {
    ...unitView(instance, target),
    ...units,
    mountsFor: spec.mounts.filter(({ kind }) => kind === 'bind').map(({ source }) => source),
    stopSeconds: stopTimeoutSeconds(spec) + stopMarginSeconds,
    restart: spec.restart,
    requiredUnits: gated.length > 0,
    requireGate: gateCommand('require.sh', name, ...gated),
  };
}

function unitView(instance: Instance, target: RenderTarget): UnitView {
  const { name, app, image, environmentKeys, environmentFile, hash } = instance;
  const inherits = environmentKeys.some(isInherited);
  return {
    unit: unitName(name),
    instance: name,
    description: `${name} (${image.reference})`,
    slice: sliceName(app),
    environmentFile: environmentFile !== null && inherits ? environmentPath(environmentFile) : null,
    environment: [...engineEnvironment(instance), { name: 'GEAR_HASH', value: hash }],
    startSeconds,
    growingDelay: target.systemdVersion >= 254,
  };
}

/** root's own Docker configuration could put its proxy, with the password, into containers, or lead to another host. */
function engineEnvironment({ engine }: Instance): readonly Assignment[] {
  if (engine === 'podman') return [];
  return [
    { name: 'DOCKER_CONFIG', value: paths.emptyConfig },
    { name: 'DOCKER_HOST', value: 'unix:///run/docker.sock' },
  ];
}
