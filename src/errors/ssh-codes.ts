import type { ErrorEntry } from './error-entry.ts';

/** The failures on the way to another host; a part of errorTable. */
export const sshErrors = {
  HOST_INVALID: {
    title: 'The host cannot be read',
    explanation:
      'A host is [user@]host[:port], with IPv6 in brackets; an alias of ssh_config; or a name of hosts.yaml.',
    exit: 'input',
  },
  HOSTS_INVALID: {
    title: 'The inventory of hosts cannot be read',
    explanation:
      'hosts.yaml is not YAML, or holds something else than hosts with address, labels and engine.',
    exit: 'input',
  },
  HOST_UNRESOLVED: {
    title: 'The host has no address',
    explanation: 'Neither ssh_config nor the name service of this machine knows the name.',
    exit: 'partial',
  },
  HOST_REFUSED: {
    title: 'The host refuses the connection',
    explanation:
      'Nothing listens on the port, the network has no way to the host, or sshd turns connections away.',
    exit: 'partial',
  },
  HOST_TIMEOUT: {
    title: 'The host does not answer',
    explanation:
      'The host did not answer in time: it is down, unplugged, or a firewall drops what is sent to it.',
    exit: 'partial',
  },
  HOST_LOST: {
    title: 'The connection to the host was lost',
    explanation:
      'The SSH connection ended, or the host stopped answering, during a command. What is declared there is the old set or the new one; the same command again finishes the work.',
    exit: 'partial',
  },
  HOST_KEY_UNKNOWN: {
    title: "The host's key is not known",
    explanation: 'No known_hosts file has a key of the host, so it could be another one.',
    exit: 'environment',
  },
  HOST_KEY_CHANGED: {
    title: "The host's key has changed",
    explanation:
      'The host shows another key than known_hosts has: it was installed anew, or somebody stands between. gear sends nothing to it.',
    exit: 'environment',
  },
  HOST_AUTH: {
    title: 'The host does not let this user in',
    explanation: 'sshd accepted none of the keys that ssh offered.',
    exit: 'environment',
  },
  HOST_SHELL: {
    title: 'The login shell of the host does not answer',
    explanation:
      'ssh got in, but the command did not run: the account may not log in, a forced command stands in the way, or a profile of the shell ends it.',
    exit: 'environment',
  },
  SSH_FAILED: {
    title: 'ssh failed',
    explanation: 'OpenSSH is not installed here, or ended with an error that gear does not know.',
    exit: 'environment',
  },
  SUDO_REFUSED: {
    title: 'No sudo on the host',
    explanation:
      'The user of the connection is not root, and sudo there does not let gear run /bin/sh without a password.',
    exit: 'environment',
  },
  HOST_ALIVE: {
    title: 'The host is not dead',
    explanation: 'What is recovered from a host would run twice while that host runs it too.',
    exit: 'input',
  },
  NOTHING_KEPT: {
    title: 'Nothing is kept of the host',
    explanation:
      'gear keeps what other hosts have on the machine where it is typed, by the names that they have there; it never changed one of that name.',
    exit: 'input',
  },
  VALUE_UNKNOWN: {
    title: 'A value is gone with its host',
    explanation:
      'Values of variables and contents of files are secret, so they are not kept beside what is kept of a host; they have to come from a descriptor or a file.',
    exit: 'input',
  },
} as const satisfies Record<string, ErrorEntry>;
