import { attempt, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { unitName } from '../core/model/unit-names.ts';
import { unitsOf } from '../core/render/units-of.ts';
import { bootLinkPaths } from '../core/plan/links.ts';
import { describeExit } from '../apply/jobs.ts';
import { isStarting } from '../observe/units.ts';
import { observeLinks } from '../observe/links.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { ListedUnit, UnitState } from '../ports/systemd.ts';
import type { StatusRow } from '../report/values.ts';
import { mayManage } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import { isSick, listRow } from './list.ts';
import { isDown as isDownNow } from '../core/model/unmet.ts';
import { observeRuns } from './one-shots.ts';
import { namedInstances } from './names.ts';
import { findProblems, type Seen } from './problems.ts';

/** How many lines of a container in trouble are shown. */
const shownLines = 8;

/** How each named container is, and what is not as declared, with what to type. All of them when none is named. */
export async function statusOf(
  context: FlowContext,
  names: readonly string[],
): Promise<Result<readonly StatusRow[]>> {
  return attempt(async () => {
    const { host } = context;
    const { instances } = await namedInstances(context, names);
    const systemd = await host.systemd();
    const [states, listed, links, containers, runs, waiting] = await Promise.all([
      systemd.units(instances.map((each) => unitName(each.name))),
      systemd.list(['ctr-*.service', 'ctr-*.timer']),
      observeLinks(host.files),
      ownedContainers(context, instances),
      observeRuns(systemd, instances),
      host.files.list(paths.reloads),
    ]);
    const reloads = new Set(waiting.map((entry) => entry.name));
    const byUnit = new Map(listed.map((unit) => [unit.unit, unit]));
    return Promise.all(
      states.map((state, index) => {
        const instance = instances[index];
        if (instance === undefined) throw new Error('systemd answered for more units than asked');
        const owned = containers.get(instance.engine);
        const own = owned?.filter((each) => each.labels['gear.name'] === instance.name);
        return statusRow(
          context,
          {
            instance,
            state,
            links,
            containers: owned === null ? null : own,
            nowMs: context.clock.nowMs(),
            waitsForReload: reloads.has(instance.name),
            isScheduled: isActive(byUnit.get(unitsOf(instance).start)),
            isStarting: isStarting(byUnit.get(unitName(instance.name))),
            ...runs.get(instance.name),
          },
          byUnit,
        );
      }),
    );
  });
}

async function statusRow(
  context: FlowContext,
  seen: Seen,
  units: ReadonlyMap<string, ListedUnit>,
): Promise<StatusRow> {
  const { instance, state, links } = seen;
  const { job, schedule } = seen;
  const listed = listRow(instance, units);
  // The unit of a check that succeeded once stays active; what the check says since, the engine knows.
  const fails = seen.containers?.some((each) => each.running && each.unhealthy) === true;
  const row = {
    ...listed,
    ...(fails && listed.ready === true ? isSick : {}),
    ...(job === undefined ? {} : { job }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(state.unmet.length > 0 && isDownNow(state) ? { unmet: state.unmet } : {}),
  };
  const problems = findProblems(seen, row);
  const lines = problems.length === 0 ? [] : await lastLines(context, unitName(instance.name));
  const exited = state.execMainCode !== 0;
  return {
    ...row,
    imageId: instance.image.id,
    digest: instance.image.digest,
    mainPid: state.mainPid,
    restarts: state.restarts,
    sinceMs: state.stateChangeMs,
    lastExit: exited ? describeLastExit(state) : null,
    enabled: bootLinkPaths(instance).every(({ path, target }) => links.get(path) === target),
    volumes: volumesOf(instance),
    problems,
    lastLines: lines,
  };
}

function isActive(unit: ListedUnit | undefined): boolean {
  return unit?.activeState === 'active';
}

/** A journal that may not be read, as without root, is told in the place of its lines. */
async function lastLines(context: FlowContext, unit: string): Promise<readonly string[]> {
  const read = await attempt(() => context.host.journal.last(unit, shownLines));
  return read.ok ? read.value.map((line) => line.message) : read.failures.map((failure) => failure.message);
}

function describeLastExit(state: UnitState): string {
  return state.execMainCode === 1 && state.execMainStatus === 0
    ? 'exit status 0'
    : describeExit(state, state.result);
}

function volumesOf(instance: Instance): StatusRow['volumes'] {
  return [
    ...instance.spec.mounts
      .filter((mount) => mount.kind === 'volume')
      .map((mount) => ({ name: mount.source, target: mount.target, owned: false })),
    ...instance.ownedVolumes.map((volume) => ({ ...volume, owned: true })),
  ];
}

/**
 * Containers by engine: null for one that does not answer, which is a problem to show, not a reason to show nothing.
 * Who is not root may not ask, and is told what systemd knows.
 */
async function ownedContainers(
  context: FlowContext,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, readonly EngineContainer[] | null>> {
  if (!mayManage(await context.host.facts())) return new Map();
  const kinds = [...new Set(instances.map((each) => each.engine))];
  const asked = await Promise.all(
    kinds.map(async (kind) => {
      const owned = await attempt(async () => (await context.host.engine(kind)).owned());
      return [kind, owned.ok ? owned.value : null] as const;
    }),
  );
  return new Map(asked);
}
