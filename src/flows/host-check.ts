import { checkEngineVersion } from '../core/model/engine-version.ts';
import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { HostCheck } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { findObstacles, oldestSystemd, tooOld } from './preflight.ts';

/**
 * Whether gear can work on a host, in as few questions as that takes: rights, systemd, engines. Changes nothing. Fails
 * with all that is in the way.
 */
export async function checkHost(context: FlowContext): Promise<Result<HostCheck>> {
  return attempt(async () => {
    const { host } = context;
    const facts = await host.facts();
    const obstacles = findObstacles(facts);
    if (!facts.systemdIsInit) throw new FailureError(...obstacles);
    const [systemd, ...engines] = await Promise.all([
      attempt(async () => (await host.systemd()).version()),
      ...facts.engines.map((kind) => attempt(async () => (await host.engine(kind)).facts())),
    ]);
    const absent: readonly Failure[] = facts.engines.length === 0 ? [noEngine] : [];
    const old = [
      ...(systemd.ok && systemd.value < oldestSystemd ? [tooOld(systemd.value)] : []),
      ...engines.flatMap((each) => (each.ok ? (checkEngineVersion(each.value) ?? []) : [])),
    ];
    // One engine that works is enough: a stopped dockerd beside Podman is somebody's wish.
    const broken = engines.some((each) => each.ok)
      ? []
      : engines.flatMap((each) => (each.ok ? [] : each.failures));
    const failures = [...obstacles, ...(systemd.ok ? [] : systemd.failures), ...absent, ...old, ...broken];
    if (failures.length > 0 || !systemd.ok) throw new FailureError(...failures);
    return {
      name: facts.name,
      user: facts.user,
      systemd: systemd.value,
      engines: engines.flatMap((each) =>
        each.ok ? [{ kind: each.value.kind, version: each.value.version }] : [],
      ),
    };
  });
}

const noEngine: Failure = {
  code: 'ENGINE_ABSENT',
  message: 'neither docker nor podman was found',
  next: 'apt install docker.io, or: apt install podman',
};
