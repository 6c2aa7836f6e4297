import { FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { checkEngineVersion } from '../core/model/engine-version.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { RenderTarget } from '../core/render/unit.ts';
import type { FlowContext } from './context.ts';

/**
 * The engine of an instance: as asked, else the one it has, else the first that the host has (Docker before Podman).
 * FailureError ENGINE_ABSENT.
 */
export async function chooseEngine(
  context: FlowContext,
  asked: EngineKind | undefined,
  manifest: Manifest | null,
  instance: string,
): Promise<EngineKind> {
  if (asked !== undefined) return asked;
  const present = manifest?.instances.find((each) => each.name === instance)?.engine;
  if (present !== undefined) return present;
  const [first] = (await context.host.facts()).engines;
  if (first !== undefined) return first;
  throw new FailureError({
    code: 'ENGINE_ABSENT',
    message: 'neither docker nor podman was found on this host',
    next: 'apt install docker.io, or: apt install podman',
  });
}

/** FailureError ENGINE_OLD where the engine is older than gear drives. */
export async function refuseOldEngine(context: FlowContext, kind: EngineKind): Promise<void> {
  const old = checkEngineVersion(await (await context.host.engine(kind)).facts());
  if (old !== null) throw new FailureError(old);
}

/** What rendering needs to know of each engine. */
export async function renderTargets(
  context: FlowContext,
  kinds: ReadonlySet<EngineKind>,
  systemdVersion: number,
): Promise<ReadonlyMap<EngineKind, RenderTarget>> {
  const targets = await Promise.all(
    [...kinds].map(async (kind): Promise<[EngineKind, RenderTarget]> => {
      const facts = await (await context.host.engine(kind)).facts();
      return [kind, { systemdVersion, engineCommand: facts.command, liveRestore: facts.liveRestore }];
    }),
  );
  return new Map(targets);
}
