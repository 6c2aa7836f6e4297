import type { Manifest } from '../core/model/manifest.ts';
import { attempt, type Failure, FailureError } from '../errors/failure.ts';
import type { OfferedKey } from '../ports/host.ts';
import type { AppsInput } from './app-inputs.ts';
import type { AppsChange } from './change-apps.ts';
import type { FlowContext } from './context.ts';
import { desireApps } from './desire-apps.ts';
import { hasNewNetworks } from './desire-networks.ts';
import { withHostPorts } from './host-ports.ts';
import { isNamed } from './names.ts';
import { ownedVolumes } from './owned-volumes.ts';
import type { PreparedApps } from './prepare-apps.ts';
import { usedSubnets } from '../observe/networks.ts';

interface ChangeInput extends AppsInput {
  readonly wait: boolean;
  readonly timeoutMs: number;
  /** Whether anything may be written: else a host without a key is planned for with one that is thrown away. */
  readonly mayWrite: boolean;
}

/** The change of a whole host that makes the prepared apps what their descriptors say. */
export async function appsChange(
  context: FlowContext,
  input: ChangeInput,
  { apps, heldBack: unfit }: PreparedApps,
  manifest: Manifest | null,
): Promise<AppsChange> {
  const present = manifest?.instances ?? [];
  const namesOf = new Map(
    apps.map(({ request, containers }): [string, ReadonlySet<string>] => [
      request.app,
      new Set([
        ...containers.map(({ name }) => name),
        ...present.filter(({ app }) => app === request.app).map(({ name }) => name),
      ]),
    ]),
  );
  const all = [...namesOf.values()].flatMap((names) => [...names]);
  const only =
    input.only === undefined ? null : new Set(all.filter((name) => isNamed(name, input.only ?? [])));
  if (unfit.size === 0) refuseUnknown(input, all);
  const volumes = input.pruneVolumes ? await ownedVolumes(context) : [];
  const fresh = input.start ? null : { by: context.by, atMs: context.clock.nowMs() };
  const choosesSubnets = hasNewNetworks(apps, manifest);
  const key = keyOf(context, input.mayWrite);
  return {
    names: only === null ? all : [...only],
    engines: [...new Set(apps.map(({ engine }) => engine))],
    networks: apps.some(({ request }) => request.networks.length > 0),
    wait: input.wait,
    timeoutMs: input.timeoutMs,
    apps: namesOf,
    begin: key.keep,
    desire: async (observed, heldBack) =>
      desireApps(
        {
          apps,
          heldBack,
          only,
          pruneVolumes: input.pruneVolumes,
          sources: input.sources ?? new Map(),
          holdOf: (name) => input.holds?.get(name) ?? fresh,
          holdsDisabled: input.holdsDisabled ?? null,
          key: await key.read(),
          usedSubnets: choosesSubnets ? await usedSubnets(context.host) : [],
          volumes,
          specs: await withHostPorts(
            context,
            apps.flatMap(({ containers }) =>
              containers.map(({ name, request }) => ({ name, spec: request.spec })),
            ),
            observed.manifest,
          ),
        },
        observed,
      ),
  };
}

const keyBytes = 32;

/** The key of the host, the same at each reading; a new one is written when the change begins, and never for a plan alone. */
function keyOf({ host }: FlowContext, mayWrite: boolean) {
  let offered: OfferedKey | undefined;
  // While the host is observed, which takes as long where it is far away.
  const early = attempt(() => host.offerSecretKey());
  early.catch(() => undefined);
  return {
    read: async (): Promise<Uint8Array> => {
      const before = await early;
      // Under the lock by now: a new one may have come from another command.
      const found =
        offered ?? (before.ok && before.value.isKept ? before.value : await host.offerSecretKey());
      offered = found;
      return found.isKept || mayWrite ? found.key : new Uint8Array(keyBytes);
    },
    keep: async (): Promise<void> => offered?.keep(),
  };
}

/** Words of `--only` that no container is called by, unless mistakes hide some, or other hosts have them. */
function refuseUnknown({ only = [], onlySome, failures }: ChangeInput, names: readonly string[]): void {
  const unknown = only.filter((word) => !names.some((name) => isNamed(name, [word])));
  if (unknown.length === 0 || onlySome === true || failures.length > 0) return;
  throw new FailureError(
    ...unknown.map((word): Failure => ({
      code: 'NAME_UNKNOWN',
      message: `--only ${word}: no container of what is described is called that`,
      next: `its containers are ${names.slice(0, 12).join(', ')}`,
      subject: word,
    })),
  );
}
