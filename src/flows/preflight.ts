import { type Failure, FailureError } from '../errors/failure.ts';
import type { HostFacts } from '../ports/host.ts';
import { userObstacles } from './user-obstacles.ts';
import type { Systemd } from '../ports/systemd.ts';
import type { FlowContext } from './context.ts';
import { inOrder } from '../errors/in-order.ts';

/** The oldest systemd that gear drives. */
export const oldestSystemd = 252;

/** What must hold before anything on the host may change. FailureError of kind environment. */
export async function preflight(context: FlowContext): Promise<Systemd> {
  // On another host each takes round trips. What the facts forbid is told first.
  await inOrder(refuseObstacles(context), context.host.systemd());
  const systemd = await context.host.systemd();
  const version = await systemd.version();
  if (version < oldestSystemd) throw new FailureError(tooOld(version));
  return systemd;
}

/** What the facts of the host forbid, which are there before systemd has answered. FailureError of kind environment. */
export async function refuseObstacles({ host }: FlowContext): Promise<void> {
  await host.becomeRoot?.();
  const failures = findObstacles(await host.facts());
  if (failures.length > 0) throw new FailureError(...failures);
}

/** Obstacles that the facts of a host show, most basic first. */
export function findObstacles(facts: HostFacts): readonly Failure[] {
  if (!facts.systemdIsInit) {
    return [
      {
        code: 'SYSTEMD_ABSENT',
        message: 'systemd is not PID 1 here: /run/systemd/system does not exist',
        next: 'run gear on a host that was booted with systemd',
      },
    ];
  }
  const failures: Failure[] = [];
  if (facts.userManager !== undefined) failures.push(...userObstacles(facts.user, facts.userManager));
  else if (facts.uid !== 0) {
    failures.push(
      facts.refusal ?? {
        code: 'NOT_ROOT',
        message: `${facts.user} may not change units and containers of the system`,
        next: 'run the same command with sudo',
      },
    );
  }
  if (!facts.unifiedCgroup) {
    failures.push({
      code: 'CGROUP_OLD',
      message: '/sys/fs/cgroup is not the unified hierarchy (cgroup v2)',
      next: 'boot with systemd.unified_cgroup_hierarchy=1 on the kernel command line',
    });
  }
  return failures;
}

/** The failure for a systemd below the oldest one. */
export function tooOld(version: number): Failure {
  return {
    code: 'SYSTEMD_OLD',
    message: `this host runs systemd ${String(version)}; gear needs ${String(oldestSystemd)} or later`,
    next: 'upgrade the distribution of this host (Debian 12, RHEL 9.2, Ubuntu 23.04 or later have it)',
  };
}
