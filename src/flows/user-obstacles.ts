import type { Failure } from '../errors/failure.ts';
import type { UserManagerFacts } from '../ports/host.ts';

/** What keeps a user's containers from running, or from being there after a logout or a boot. */
export function userObstacles(user: string, facts: UserManagerFacts): readonly Failure[] {
  const failures: Failure[] = [];
  if (!facts.lingers) {
    failures.push({
      code: 'LINGER_OFF',
      message: `${user} does not linger: containers would stop at logout, and not start on boot`,
      next: `loginctl enable-linger ${user}`,
    });
  }
  if (!facts.hasSubordinateIds) {
    failures.push({
      code: 'SUBORDINATE_IDS',
      message: `${user} has no range of IDs in /etc/subuid and /etc/subgid, which Podman needs without root`,
      next: `sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${user}; then: podman system migrate`,
    });
  }
  return failures;
}
