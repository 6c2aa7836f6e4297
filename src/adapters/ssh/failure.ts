import type { HostAddress } from '../../core/model/host-address.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { type Failure, FailureError } from '../../errors/failure.ts';

interface Reading {
  readonly says: RegExp;
  readonly code: ErrorCode;
  readonly message: (host: HostAddress) => string;
  readonly next: (host: HostAddress) => string;
}

/** What ssh(1) says on stderr (9.2 and 10.0), the most telling first: a changed key also fails the verification. */
const readings: readonly Reading[] = [
  {
    says: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key for .* has changed|REVOKED HOST KEY/i,
    code: 'HOST_KEY_CHANGED',
    message: ({ label }) => `${label} shows another host key than known_hosts has; nothing was sent to it`,
    next: (host) =>
      `compare with ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on its console; only if it is the same: ssh-keygen -R ${knownName(host)}, then gear host add ${host.label}`,
  },
  {
    says: /Host key verification failed|No \S+ host key is known/i,
    code: 'HOST_KEY_UNKNOWN',
    message: ({ label }) => `the host key of ${label} is not known here; nothing was sent to it`,
    next: ({ label }) => `see its fingerprint and add it: gear host add ${label}`,
  },
  {
    says: /Could not resolve hostname/i,
    code: 'HOST_UNRESOLVED',
    message: ({ label, host }) => `${label} has no address: the name ${host} does not resolve`,
    next: ({ host }) => `look for a slip in the name; or ask: getent hosts ${host}`,
  },
  {
    says: /Permission denied|Too many authentication failures/i,
    code: 'HOST_AUTH',
    message: ({ label }) => `${label} does not let this user in: sshd accepted no key that ssh offered`,
    next: (host) => `unlock the key with ssh-add, or put it there: ssh-copy-id ${login(host)}`,
  },
  {
    says: /Connection timed out|Operation timed out|timed out/i,
    code: 'HOST_TIMEOUT',
    message: ({ label }) => `${label} does not answer`,
    next: (host) => `see whether it is up: ping ${host.host}`,
  },
  {
    says: /No route to host|Network is unreachable/i,
    code: 'HOST_REFUSED',
    message: ({ label }) => `${label} cannot be reached: the network has no way to it`,
    next: (host) => `see whether it is up and the address is right: ping ${host.host}`,
  },
  {
    says: /^\s*$|Connection refused|kex_exchange_identification|Connection (?:reset|closed) by/i,
    code: 'HOST_REFUSED',
    message: ({ label }) => `${label} refuses the connection`,
    next: (host) => `see whether sshd runs there and the port is right: ssh ${login(host)} true`,
  },
];

/** Why no session with the host came about, from what ssh(1) said on stderr. */
export function connectFailure(host: HostAddress, stderr: string): FailureError {
  const reading = readings.find(({ says }) => says.test(stderr));
  const { label } = host;
  if (reading !== undefined) {
    const { code, message, next } = reading;
    return new FailureError({
      code,
      message: message(host),
      next: next(host),
      subject: label,
      ...details(stderr),
    });
  }
  return new FailureError({
    code: 'SSH_FAILED',
    message: `ssh could not reach ${label}`,
    next: `see what it says: ssh -v ${login(host)} true`,
    subject: label,
    ...details(stderr),
  });
}

/**
 * Whether another try may end otherwise: sshd turns connections away while MaxStartups of them are logging in, of which
 * ssh says nothing where its log level is ERROR (10.0); or the shared connection ended before its first session began.
 */
export function isCrowded(stderr: string): boolean {
  return (
    stderr.trim() === '' ||
    /kex_exchange_identification|Connection (?:reset|closed) by|Failed to connect to new control master/i.test(
      stderr,
    )
  );
}

/** ssh got in, and what was to run did not answer. */
export function shellFailure(host: HostAddress, said: string): FailureError {
  return new FailureError({
    code: 'HOST_SHELL',
    message: `the login shell on ${host.label} ended without running gear's command`,
    next: `see what it says: ssh ${login(host)} true; the account needs a shell, and its profile must not end it`,
    subject: host.label,
    ...details(said),
  });
}

/** The connection ended in the middle of the work. */
export function lostFailure(host: HostAddress, why: string): FailureError {
  return new FailureError({
    code: 'HOST_LOST',
    message: `the connection to ${host.label} was lost${why === '' ? '' : `: ${why}`}`,
    next: 'run the same command again when the host answers: it finishes what was begun',
    subject: host.label,
  });
}

/** No answer within the time that a connection may take. */
export function silentFailure(host: HostAddress, timeoutMs: number): FailureError {
  return new FailureError({
    code: 'HOST_TIMEOUT',
    message: `${host.label} did not answer within ${timeoutMs / 1000} s`,
    next: `see whether it is up: ping ${host.host}`,
    subject: host.label,
  });
}

/** The user of the connection may not change the system; `why` is what sudo(8) said. */
export function sudoRefused(host: HostAddress, user: string, why: string): Failure {
  return {
    code: 'SUDO_REFUSED',
    message: `${user} on ${host.label} is not root, and sudo does not let gear work: ${why || 'it gave no reason'}`,
    next: `log in as root@${host.host}; type gear at a terminal, which asks for the password; or let sudo run /bin/sh without one (gear's docs: hosts)`,
    subject: host.label,
  };
}

/** The host as a person types it after ssh. */
function login({ host, user, port }: HostAddress): string {
  return `${port === undefined ? '' : `-p ${port} `}${user === undefined ? '' : `${user}@`}${host}`;
}

/** The host as known_hosts(5) names it. */
function knownName({ host, port }: HostAddress): string {
  return port === undefined || port === 22 ? host : `'[${host}]:${port}'`;
}

/** The last lines that ssh said, without the banner of a changed key. */
function details(stderr: string): { readonly details?: readonly string[] } {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('@'))
    .slice(-4);
  return lines.length === 0 ? {} : { details: lines };
}
