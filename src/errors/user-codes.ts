import type { ErrorEntry } from './error-entry.ts';

/** The failures of gear --user; a part of errorTable. */
export const userErrors = {
  USER_SCOPE: {
    title: 'Not for gear --user',
    explanation:
      'gear --user acts on the systemd of the user who types it, on this machine: not as root, and not on other hosts.',
    exit: 'usage',
  },
  USER_SESSION: {
    title: 'Your own systemd does not run',
    explanation: 'A user has a systemd while logged in, or from boot on where the user lingers.',
    exit: 'environment',
  },
  LINGER_OFF: {
    title: 'Your systemd ends when you log out',
    explanation:
      'Without lingering, the containers of a user stop at the last logout and do not start on boot.',
    exit: 'environment',
  },
  SUBORDINATE_IDS: {
    title: 'You have no IDs for containers',
    explanation:
      'Rootless Podman maps the users of a container to a range of user and group IDs, which /etc/subuid and /etc/subgid give.',
    exit: 'environment',
  },
  PORT_PRIVILEGED: {
    title: 'The port is for root alone',
    explanation:
      'A user may not listen below net.ipv4.ip_unprivileged_port_start, which is 1024 where nobody changed it.',
    exit: 'input',
  },
} as const satisfies Record<string, ErrorEntry>;
