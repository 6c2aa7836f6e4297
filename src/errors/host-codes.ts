import type { ErrorEntry } from './error-entry.ts';

/** The failures of networks and secrets of a host; a part of errorTable. */
export const hostErrors = {
  SUBNET_EXHAUSTED: {
    title: 'No subnet is free',
    explanation:
      'Every subnet of the pools that gear takes them from overlaps with a network or route of the host.',
    exit: 'environment',
  },
  NOT_RUNNING: {
    title: 'The container does not run',
    explanation: 'What was asked can be done with a running container only.',
    exit: 'failed',
  },
  SECRET_UNKNOWN: {
    title: 'No secret of that name',
    explanation: 'The host has no secret of that name; gear secret set gives it one.',
    exit: 'input',
  },
  SECRET_UNREADABLE: {
    title: 'A secret cannot be read',
    explanation:
      'The stored value of a secret is gone, damaged, or cannot be decrypted on this host; it has to be set again.',
    exit: 'environment',
  },
  SECRET_USED: {
    title: 'The secret is in use',
    explanation:
      'A container that is declared on this host uses the secret; --force removes it all the same.',
    exit: 'input',
  },
  REGISTRY_UNKNOWN: {
    title: 'No login for that registry',
    explanation: 'The host has no stored login for the registry; gear registry ls shows those that it has.',
    exit: 'input',
  },
  VOLUME_UNKNOWN: {
    title: 'No volume of that name',
    explanation:
      'No engine of the host has a volume of that name; gear volume ls shows those that containers use.',
    exit: 'input',
  },
  VOLUME_IN_USE: {
    title: 'The volume is in use',
    explanation: 'A container that runs has the volume, so what is in it is not replaced.',
    exit: 'input',
  },
  VOLUME_NOT_EMPTY: {
    title: 'The volume has data',
    explanation: 'A restore would replace what is in the volume; --force does that.',
    exit: 'input',
  },
  VOLUME_FAILED: {
    title: 'A volume could not be read or written',
    explanation: 'tar on the host, or a command in the container, failed; what it said is shown.',
    exit: 'failed',
  },
  BACKUP_INVALID: {
    title: 'The backup cannot be used',
    explanation:
      'It is no tar archive, was cut off, or does not match the checksum at its end. The volume is as it was.',
    exit: 'input',
  },
  GIT_FAILED: {
    title: 'git could not fetch',
    explanation: 'The repository of gear watch --git cannot be read; the last commit that could be stays.',
    exit: 'environment',
  },
  WATCH_ABSENT: {
    title: 'Nothing watches',
    explanation: 'No gear watch runs on this host, so there is none to ask or to tell.',
    exit: 'environment',
  },
} as const satisfies Record<string, ErrorEntry>;
