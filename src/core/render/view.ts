import type { Directive } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { containerName, formName } from '../model/container-name.ts';
import { readyUnitName, timerUnitName, unitName } from '../model/unit-names.ts';
import { directivesOf } from './directives.ts';
import { gateCommand } from './gates.ts';
import { connectArguments } from './network-arguments.ts';
import type { Relations } from './relations.ts';
import { restartTiming } from './restart-timing.ts';
import type { RenderTarget } from './unit.ts';
import {
  containerView,
  instanceView,
  type ContainerView,
  type Surroundings,
  type UnitView,
} from './container-view.ts';

/** For container-docker.service. */
export interface DockerView extends ContainerView {
  readonly keepsContainers: boolean;
  readonly createGate: readonly string[];
  readonly connectGates: readonly (readonly string[])[];
  readonly startCommand: readonly string[];
  readonly runningGate: readonly string[];
  readonly stopGate: readonly string[];
}

/** For container-podman.service. */
export interface PodmanView extends ContainerView {
  readonly prepareGate: readonly string[];
  readonly startCommand: readonly string[];
  readonly startedGate: readonly string[];
  readonly stopCommand: readonly string[];
  readonly removeCommand: readonly string[];
}

/** For ready.service. */
export interface ReadyView extends UnitView {
  readonly containerUnit: string;
  readonly before: readonly string[];
  readonly readyGate: readonly string[];
}

/** For schedule.timer. */
export interface TimerView {
  readonly unit: string;
  readonly description: string;
  readonly containerUnit: string;
  readonly schedule: string;
  readonly installDirectives: readonly Directive[];
}

const shortestReadySeconds = 30;

/** The view of a Docker container's unit; `engineWords` are of createArguments. */
export function dockerView(
  instance: Instance,
  engineWords: readonly string[],
  target: RenderTarget,
  surroundings: Surroundings,
): DockerView {
  const { name, image, spec } = instance;
  const engine = target.engineCommand;
  const container = containerName(instance);
  const form = formName(instance);
  const create = gateCommand(
    'create.sh',
    ...[name, form, image.id, image.digest ?? '', engine, ...engineWords],
  );
  // Not a literal with a spread, to which V8 adds each field ten times as slowly.
  return Object.assign(containerView(instance, target, surroundings), {
    keepsContainers: target.liveRestore,
    // One command, so that a template of the user's needs no other line.
    createGate: container === form ? create : gateCommand('name.sh', container, ...create),
    connectGates: connectArguments(instance).map(({ network, words }) =>
      gateCommand('connect.sh', name, container, network, engine, ...words),
    ),
    startCommand: [engine, 'start', '--attach', container],
    runningGate: gateCommand('running.sh', name, form, spec.restart, engine),
    stopGate: gateCommand('stop.sh', name, engine),
  });
}

/** The view of a Podman container's unit; `engineWords` are of runArguments. */
export function podmanView(
  instance: Instance,
  engineWords: readonly string[],
  target: RenderTarget,
  surroundings: Surroundings,
): PodmanView {
  const { name, app, image, ownedVolumes, spec } = instance;
  const engine = target.engineCommand;
  const mine = ['--ignore', '--filter', `label=gear.name=${name}`];
  const prepared = [name, app, containerName(instance), image.id, image.digest ?? '', engine];
  const view = containerView(instance, target, surroundings);
  // Podman prints the ID of what it stops and removes, where the container's own lines go.
  const silently = view.logsElsewhere ? [] : ['/bin/sh', '-c', 'exec "$@" >/dev/null', 'sh'];
  return Object.assign(view, {
    prepareGate: gateCommand('prepare.sh', ...prepared, ...ownedVolumes.map((volume) => volume.name)),
    startCommand: [engine, ...engineWords],
    startedGate: gateCommand('started.sh', name, containerName(instance), spec.restart, engine),
    stopCommand: [...silently, engine, 'stop', ...mine],
    removeCommand: [...silently, engine, 'rm', '--force', ...mine],
  });
}

/** The view of the unit that is active once the container's check has succeeded; null where there is no check. */
export function readyView(instance: Instance, target: RenderTarget, { before }: Relations): ReadyView | null {
  const { name, check } = instance;
  if (check === null) return null;
  const boundMs = check.startPeriodMs + check.retries * (check.intervalMs + check.timeoutMs);
  const exec = [target.engineCommand, 'exec', containerName(instance), ...check.command];
  const view = {
    unit: readyUnitName(name),
    description: `${name} is ready`,
    environmentFile: null,
    restartTiming: restartTiming({}, target.systemdVersion),
    before,
    containerUnit: unitName(name),
    readyGate: gateCommand('ready.sh', name, String(check.timeoutMs / 1000), ...exec),
    startSeconds: Math.max(shortestReadySeconds, Math.ceil(boundMs / 1000)),
  };
  return Object.assign(view, instanceView(instance));
}

/** The view of the timer that starts what runs on a schedule; null where there is none. */
export function timerView({ name, spec }: Instance): TimerView | null {
  if (spec.schedule === undefined) return null;
  return {
    unit: timerUnitName(name),
    description: `${name} on its schedule`,
    containerUnit: unitName(name),
    schedule: spec.schedule,
    installDirectives: directivesOf(spec.directives, 'Install'),
  };
}
