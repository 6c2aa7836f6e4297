import type { EngineKind } from '../core/model/container.ts';
import { paths } from '../core/model/paths.ts';
import type { Observed } from '../core/plan/observed.ts';
import { attempt, type Result } from '../errors/failure.ts';
import { inOrder } from '../errors/in-order.ts';
import { observeHost } from '../observe/host.ts';
import type { FlowContext } from './context.ts';
import { chooseTemplates, type ChosenTemplates } from './templates.ts';

/** What of a host a change concerns. */
interface Scope {
  readonly names: readonly string[];
  readonly engines: readonly EngineKind[];
  readonly networks?: boolean;
  /** So many generations stay, the newest ones; absent: as many as are always kept. */
  readonly keep?: number;
}

/** What a change is planned from. */
export interface Snapshot {
  readonly observed: Observed;
  /** What units are rendered with. */
  readonly templates: Result<ChosenTemplates>;
  /** Names of the files of the present units. */
  readonly unitFiles: ReadonlySet<string>;
}

/** The snapshot of the host that a change is planned from. */
export async function observeFor({ host, templates: given }: FlowContext, scope: Scope): Promise<Snapshot> {
  const [observed, [templates, units]] = await inOrder(
    observeHost(host, {
      engines: scope.engines,
      instances: scope.names,
      networks: scope.networks === true,
      kept: scope.keep === undefined ? {} : { keep: scope.keep },
    }),
    Promise.all([
      attempt(() => chooseTemplates(host.files, given)),
      host.files.list(`${paths.current}/units`),
    ]),
  );
  return { observed, templates, unitFiles: new Set(units.map(({ name }) => name)) };
}

/**
 * The snapshot for what may yet turn out to be less; undefined where it cannot be had. That may be for the sake of what is
 * then left out, such as an app of an engine that is down, so whoever needs it looks again.
 */
export async function observeEarly(
  context: FlowContext,
  scope: () => Promise<Scope>,
): Promise<Snapshot | undefined> {
  const observed = await attempt(async () => observeFor(context, await scope()));
  return observed.ok ? observed.value : undefined;
}
