import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { keepTagPrefix } from '../core/model/keep-tag.ts';
import { paths } from '../core/model/paths.ts';
import { leftInstances } from '../observe/left.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { UninstallReport } from '../report/values.ts';
import { endHoldTimer } from './hold-timer.ts';
import type { FlowContext } from './context.ts';
import { findLeftovers } from './leftovers.ts';
import { locked, refuseWhileSending } from './locked.ts';
import { removeNotify } from './notify.ts';
import { preflight } from './preflight.ts';
import { removeContainers } from './remove.ts';
import { uninstallWatchService } from './watch-service.ts';

/** What is found on a host that gear leaves. */
interface Found {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
}

/**
 * Takes gear off a host: the service that watches, every container with its unit, networks, tags, what gear fetched, and
 * all of its state. Volumes stay, and are named. `confirm` is shown what is found; a false leaves everything. MOVED_ON
 * where another command installs something meanwhile, LOCKED while one sends an image or restores a volume.
 */
export async function uninstallAll(
  context: FlowContext,
  confirm: (found: Found) => Promise<boolean>,
): Promise<Result<UninstallReport>> {
  const { host } = context;
  const prepared = await attempt(async () => {
    await preflight(context);
    await refuseWhileSending(context);
    const declared = (await readCurrentManifest(host.files))?.instances.map(({ name }) => name) ?? [];
    const containers = [...new Set([...declared, ...(await leftInstances(host))])].toSorted();
    const volumes = await volumeNames(context);
    return { containers, volumes, agreed: await confirm({ containers, volumes }) };
  });
  if (!prepared.ok) return prepared;
  const { containers, volumes, agreed } = prepared.value;
  if (!agreed) return { ok: true, value: { containers: [], volumes: [], declined: true } };
  // First: it would install everything again.
  const watch = await uninstallWatchService(context);
  if (!watch.ok) return watch;
  if (containers.length > 0) {
    const removed = await removeContainers(context, { names: containers, volumes: false });
    if (!removed.ok) return removed;
  }
  return attempt(() =>
    locked(context, async (inside) => {
      // Once more, for that was long ago. Under the lock, for which it may have waited.
      await refuseWhileSending(inside);
      await expectNothingDeclared(inside);
      await eraseRest(inside, containers);
      return { containers, volumes, declined: false };
    }),
  );
}

async function expectNothingDeclared({ host }: FlowContext): Promise<void> {
  const names = (await readCurrentManifest(host.files))?.instances.map(({ name }) => name) ?? [];
  if (names.length === 0) return;
  throw new FailureError({
    code: 'MOVED_ON',
    message: `another command has installed ${names.join(', ')} meanwhile`,
    next: 'run the same command again: it removes that too',
  });
}

/** What is on the host of gear beside containers. */
async function eraseRest(context: FlowContext, containers: readonly string[]): Promise<void> {
  const { host } = context;
  const { engines } = await host.facts();
  for (const kind of engines) {
    const engine = await host.engine(kind);
    for (const tag of await engine.tags(keepTagPrefix)) await engine.untag(tag);
    for (const { name, labels } of await engine.ownedNetworks()) {
      await engine.removeNetwork(name, labels['gear.owner'] ?? '');
    }
  }
  for (const { remove } of await findLeftovers(context, engines, 0)) await remove();
  for (const name of containers) await endHoldTimer(context, name);
  await removeNotify(context);
  // `current` first: without it nothing of the rest is anything.
  await host.files.remove(paths.current);
  for (const folder of [paths.root, paths.notes, paths.state]) await host.files.removeFolder(folder);
  // systemd still remembers units that something wanted.
  await (await host.systemd()).reload();
}

async function volumeNames({ host }: FlowContext): Promise<readonly string[]> {
  const { engines } = await host.facts();
  const found = await Promise.all(
    engines.map(async (kind) => (await (await host.engine(kind)).ownedVolumes()).map(({ name }) => name)),
  );
  return found.flat().toSorted();
}
