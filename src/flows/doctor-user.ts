import type { HostFacts } from '../ports/host.ts';
import type { DoctorCheck } from '../report/values.ts';

/** What a user's own systemd and engines without root have, where findObstacles has nothing to tell. */
export function checkUser({ user, userManager, engines }: HostFacts): Promise<readonly DoctorCheck[]> {
  if (userManager === undefined) return Promise.resolve([]);
  const { lingers, hasSubordinateIds, firstPort, controllers, dockerSocket } = userManager;
  const good = (name: string, message: string): DoctorCheck => ({ name, state: 'ok', message, next: null });
  const checks: DoctorCheck[] = [
    ...(lingers ? [good('linger', `${user} lingers: containers start on boot`)] : []),
    ...(hasSubordinateIds ? [good('subuid', `${user} has IDs for the users of containers`)] : []),
    good('ports', `${String(firstPort)} and above can be published`),
  ];
  const missing = ['cpu', 'memory', 'pids'].filter((each) => controllers?.includes(each) === false);
  if (missing.length > 0) {
    checks.push({
      name: 'limits',
      state: 'warning',
      message: `your systemd may keep no limits of ${missing.join(', ')}`,
      next: 'as root: systemctl edit user@.service, with [Service] and Delegate=cpu cpuset io memory pids; then log in anew',
    });
  }
  if (dockerSocket !== null && !engines.includes('docker')) {
    checks.push({
      name: 'docker',
      state: 'warning',
      message: `rootless Docker listens at ${dockerSocket}, but your systemd has no docker.service that starts it`,
      next: 'dockerd-rootless-setuptool.sh install',
    });
  }
  return Promise.resolve(checks);
}
