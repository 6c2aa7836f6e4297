import { attempt, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { unitName } from '../core/model/unit-names.ts';
import { unmetWords } from '../core/model/unmet.ts';
import { isAwaiting } from '../core/plan/actions.ts';
import { isUnhealthy } from '../core/plan/is-unhealthy.ts';
import type { Observed } from '../core/plan/observed.ts';
import type { Operation } from '../core/plan/operation.ts';
import { instanceOf } from '../core/plan/subject.ts';
import { noWishes } from '../core/plan/wishes.ts';
import type { ChangeReport } from '../report/values.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { findEditedUnits } from './edited-units.ts';
import type { WaitOptions } from './inputs.ts';
import { isCleaning } from './left-over.ts';
import { type Desire, planChange } from './planning.ts';
import { preflight } from './preflight.ts';
import { heldByHand, isDisabled, judgeStops, onPurpose } from './watch-purpose.ts';
import { cutOff, renamed } from './watch-restarts.ts';

/** What an inspection found, and when another one will know more. */
export interface Inspection {
  readonly drifts: readonly HostDrift[];
  readonly againInMs: number | null;
  /** Instances that run and whose health check fails. */
  readonly unhealthy: readonly string[];
  /** Whether somebody changed unit files; null: it was not looked for. */
  readonly edited: boolean | null;
}

/** A difference between what is declared of an app and what is there. `onPurpose`: a person did it. */
export interface HostDrift {
  readonly app: string;
  readonly instance: string;
  readonly reason: string;
  readonly onPurpose: boolean;
  /** It is to be held, or would come back with the next change of its app. Absent: it need not be. */
  readonly holds?: true;
}

/**
 * What of the apps is not as declared, found as a command would find it: by planning what would make it so. What a
 * person did on purpose (a clean stop, a mask, a unit of their own, a drop-in) is told and is no part of that plan.
 * `closely`: every unit file is read as well.
 */
export async function inspectApps(
  context: FlowContext,
  apps: readonly string[],
  closely: boolean,
): Promise<Result<Inspection>> {
  return attempt(async () => {
    await preflight(context);
    const dropIns = await findDropIns(context);
    const { observed, plan, desire } = await planChange(
      context,
      {
        names: [],
        engines: [],
        wait: false,
        timeoutMs: 0,
        checked: false,
        leavesForms: true,
        desire: (seen) => Promise.resolve(asDeclared(seen, apps)),
      },
      context.clock.passedMs(),
    );
    const watched = new Set(apps);
    const meant = (observed.manifest?.instances ?? []).filter(({ app }) => watched.has(app));
    const edited = closely
      ? await findEditedUnits(context.host.files, observed.manifest, apps)
      : new Map<string, string>();
    const stops = await judgeStops(context, observed, meant);
    const otherNames = renamed(observed, desire.wishes.touched);
    return {
      drifts: [
        ...meant.flatMap((instance) => [
          ...(stops.doubtful.has(instance.name) ? [] : onPurpose(observed, instance)).map((reason) => ({
            ...drift(instance, reason, true),
            ...(isDisabled(observed, instance) ? { holds: true as const } : {}),
          })),
          ...unmetOf(observed, instance).map((reason) => drift(instance, reason, true)),
          ...(dropIns.get(unitName(instance.name)) ?? []).map((file) =>
            drift(instance, `somebody's drop-in changes it: ${file}`, true),
          ),
        ]),
        ...[...edited].flatMap(([unit, name]) =>
          meant
            .filter((instance) => instance.name === name)
            .map((instance) => drift(instance, `somebody changed ${unit} in its generation`, false)),
        ),
        ...meant.flatMap((instance) => {
          const name = otherNames.get(instance.name);
          return name === undefined
            ? []
            : [drift(instance, `somebody renamed its container to ${name}`, false)];
        }),
        ...plan.operations.flatMap((each) => mending(each, meant, desire, observed)),
      ],
      againInMs: stops.againInMs,
      unhealthy: meant.map(({ name }) => name).filter((name) => isUnhealthy(observed, name)),
      edited: closely ? edited.size > 0 : null,
    };
  });
}

/** systemd itself does not try again what it skipped for its conditions, and neither does gear. */
function unmetOf(observed: Observed, { name, hold }: Instance): readonly string[] {
  const unmet = hold === null ? observed.units.get(unitName(name))?.unmet : undefined;
  return unmet === undefined ? [] : [`it does not run: ${unmetWords(unmet)}`];
}

/** What an operation of the plan says is missing. */
function mending(
  each: Operation,
  meant: readonly Instance[],
  { wishes }: Desire,
  observed: Observed,
): readonly HostDrift[] {
  if (each.kind === 'network.ensure') {
    const { app, network } = each;
    const isMeant = meant.some((instance) => instance.app === app);
    return isMeant
      ? [{ app, instance: app, reason: `the network ${network} is gone`, onPurpose: false }]
      : [];
  }
  const instance = meant.find(({ name }) => name === instanceOf(each));
  if (instance === undefined || !wishes.touched.has(instance.name) || !isMending(each)) return [];
  if (wishes.restart.has(instance.name) || isAwaiting(each)) return [];
  // What is about to stop tells more when it has stopped.
  if (observed.units.get(unitName(instance.name))?.active === 'deactivating') return [];
  return [drift(instance, `${words[each.kind] ?? each.kind}: ${each.reason}`, false)];
}

/** Makes the apps what the current generation declares of them, but for what a person did on purpose. */
export function mendApps(
  context: FlowContext,
  apps: readonly string[],
  options: WaitOptions,
): Promise<Result<ChangeReport>> {
  return changeHost(context, {
    names: [],
    engines: [],
    networks: true,
    ...options,
    desire: async (observed) => {
      const edited = await findEditedUnits(context.host.files, observed.manifest, apps);
      return { ...asDeclared(observed, apps), edited: new Set(edited.keys()) };
    },
  });
}

/** Holds what of the apps a person disabled and stopped, as `gear stop` would have: until `gear start`. */
export function holdDisabled(context: FlowContext, apps: readonly string[]): Promise<Result<ChangeReport>> {
  return changeHost(context, {
    names: [],
    engines: [],
    leavesForms: true,
    wait: false,
    timeoutMs: 0,
    desire: (observed) => {
      const hold = heldByHand(context);
      const desired = (observed.manifest?.instances ?? []).map((each) =>
        apps.includes(each.app) && isDisabled(observed, each) ? { ...each, hold } : each,
      );
      return Promise.resolve({ desired, environments: new Map(), wishes: noWishes });
    },
  });
}

function drift({ app, name }: Instance, reason: string, byPerson: boolean): HostDrift {
  return { app, instance: name, reason, onPurpose: byPerson };
}

function asDeclared(observed: Observed, apps: readonly string[]): Desire {
  const desired = observed.manifest?.instances ?? [];
  const touched = desired
    .filter((each) => apps.includes(each.app) && onPurpose(observed, each).length === 0)
    .map(({ name }) => name);
  return {
    desired,
    networks: observed.manifest?.networks ?? [],
    environments: new Map(),
    wishes: {
      ...noWishes,
      touched: new Set(touched),
      restart: new Set([
        ...cutOff(observed, new Set(touched)),
        ...renamed(observed, new Set(touched)).keys(),
      ]),
    },
  };
}

/** What comes with other operations, or only keeps, notes or forgets: alone it is no drift. */
const accompanying: readonly Operation['kind'][] = [
  'image.tag',
  'image.note',
  'ready.wait',
  'volume.ensure',
  'generation.erase',
];

/** Cleaning up is left to the next change. */
function isMending(operation: Operation): boolean {
  return !accompanying.includes(operation.kind) && !isCleaning(operation);
}

const words: Readonly<Partial<Record<Operation['kind'], string>>> = {
  'container.create': 'its container is missing',
  'link.make': 'a link is missing',
  'unit.start': 'it has to start',
  'unit.restart': 'it has to restart',
  'unit.stop': 'it has to stop',
  'file.write': 'a file is missing',
  'data.write': 'a file is missing',
};

/** The folders of drop-ins of gear's units, by unit. */
async function findDropIns({ host }: FlowContext): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const folder of [paths.units, paths.runtimeUnits]) {
    for (const { name } of await host.files.list(folder)) {
      if (!/^ctr-.+\.service\.d$/.test(name)) continue;
      const files = await host.files.list(`${folder}/${name}`);
      const confs = files
        .filter((file) => file.name.endsWith('.conf'))
        .map((file) => `${folder}/${name}/${file.name}`);
      found.set(name.slice(0, -2), [...(found.get(name.slice(0, -2)) ?? []), ...confs]);
    }
  }
  return found;
}
