import { descriptorErrors } from './descriptor-codes.ts';
import type { ErrorEntry } from './error-entry.ts';
import { hostErrors } from './host-codes.ts';
import { imageErrors } from './image-codes.ts';
import { sshErrors } from './ssh-codes.ts';
import { userErrors } from './user-codes.ts';

/** Every expected failure, once: what it is called, what it means, how the command ends. docs/errors.md is made from it. */
export const errorTable = {
  NAME_INVALID: {
    title: 'The name cannot be used',
    explanation:
      'Names are 1 to 63 characters: lower-case letters, digits, "-" and "_", starting with a letter or digit.',
    exit: 'input',
  },
  NAME_UNKNOWN: {
    title: 'No container of that name',
    explanation: 'Nothing that gear installed on this host has that name.',
    exit: 'input',
  },
  VALUE_INVALID: {
    title: 'A value cannot be used',
    explanation: 'A flag or field has a value outside what it accepts.',
    exit: 'input',
  },
  ENV_INVALID: {
    title: 'An environment variable cannot be used',
    explanation:
      'A name must be KEY=VALUE with a KEY of letters, digits and "_"; some values cannot reach a container intact.',
    exit: 'input',
  },
  ENV_FILE_UNREADABLE: {
    title: 'An environment file cannot be read',
    explanation: 'The file named by --env-file is absent, not readable, or has a line that is not KEY=VALUE.',
    exit: 'input',
  },
  BIND_SOURCE: {
    title: 'A bind mount has no usable source',
    explanation: 'The source of a bind mount must be an absolute path that exists.',
    exit: 'input',
  },
  DEVICE_ABSENT: {
    title: 'A device is not there',
    explanation: 'A device of the host that a container is to have must exist when it starts.',
    exit: 'input',
  },
  NETWORK_ABSENT: {
    title: 'A network is not there',
    explanation:
      'A network that no app declares is somebody else’s, and must exist before a container joins it.',
    exit: 'input',
  },
  PORT_TAKEN: {
    title: 'A host port is taken',
    explanation: 'Another container of gear, or another process, already uses the port.',
    exit: 'input',
  },
  ADDRESS_TAKEN: {
    title: 'An address is taken',
    explanation: 'Two containers would have the same address on one network.',
    exit: 'input',
  },
  NETWORK_IN_USE: {
    title: 'A network cannot be made anew',
    explanation:
      'Engines cannot change a network, so one that is to be different is removed and made again; a container that this command may not stop is on it.',
    exit: 'input',
  },
  NAME_TAKEN: {
    title: 'The name of a container is taken',
    explanation: 'Two containers of one engine would be called the same by it.',
    exit: 'input',
  },
  VOLUME_TAKEN: {
    title: 'A volume is another container’s',
    explanation:
      'A container that is renamed takes the volumes of its image along, so a new one of its old name cannot have them.',
    exit: 'input',
  },
  ...imageErrors,
  CREDENTIALS: {
    title: 'The stored credentials cannot be read',
    explanation: "The engine's configuration file is not valid, or its credential helper failed.",
    exit: 'environment',
  },
  ENGINE_ABSENT: {
    title: 'No container engine',
    explanation: 'Neither Docker nor Podman was found on the host.',
    exit: 'environment',
  },
  ENGINE_DOWN: {
    title: 'The container engine does not answer',
    explanation: 'The engine is installed but its daemon does not answer.',
    exit: 'environment',
  },
  ENGINE_OLD: {
    title: 'The container engine is too old',
    explanation: 'gear needs Docker 20.10 or Podman 4.3, or later.',
    exit: 'environment',
  },
  ENGINE_FAILED: {
    title: 'The container engine refused',
    explanation: 'The engine answered a request with an error.',
    exit: 'failed',
  },
  NOT_OURS: {
    title: 'The name belongs to somebody else',
    explanation:
      'A unit, container, volume or network of that name exists and was not made by gear; gear never replaces it.',
    exit: 'input',
  },
  ...hostErrors,
  ...sshErrors,
  ...userErrors,
  SYSTEMD_ABSENT: {
    title: 'systemd does not run here',
    explanation: 'systemd is not PID 1, or its bus cannot be reached.',
    exit: 'environment',
  },
  SYSTEMD_OLD: {
    title: 'systemd is too old',
    explanation: 'gear needs systemd 252 or later.',
    exit: 'environment',
  },
  BUS_LOST: {
    title: 'The connection to systemd was lost',
    explanation: 'The D-Bus connection closed or did not answer while a command was using it.',
    exit: 'environment',
  },
  SYSTEMD_REFUSED: {
    title: 'systemd refused',
    explanation: 'systemd answered a request with an error.',
    exit: 'failed',
  },
  WAIT_TIMEOUT: {
    title: 'It took too long',
    explanation: 'A unit did not reach the state that was waited for in the time given.',
    exit: 'failed',
  },
  JOURNAL_FAILED: {
    title: 'The journal cannot be read',
    explanation: 'journalctl is absent or failed.',
    exit: 'environment',
  },
  CGROUP_OLD: {
    title: 'cgroup v2 is not mounted',
    explanation: 'gear needs the unified cgroup hierarchy.',
    exit: 'environment',
  },
  NOT_ROOT: {
    title: 'Not permitted',
    explanation: 'Changing units and containers of the system needs root.',
    exit: 'environment',
  },
  DISK_FULL: {
    title: 'The disk is full',
    explanation: 'A file could not be written for lack of space.',
    exit: 'environment',
  },
  FILE_FAILED: {
    title: 'A file operation failed',
    explanation: 'The operating system refused to read or write a file of gear.',
    exit: 'environment',
  },
  FOLDER_GONE: {
    title: 'The working folder is gone',
    explanation:
      'A relative path was given in a folder that was deleted, or made anew under its name: it leads nowhere.',
    exit: 'environment',
  },
  LOCKED: {
    title: 'Another gear is at work',
    explanation: 'The lock of this host is held by another command.',
    exit: 'environment',
  },
  MOVED_ON: {
    title: 'The host has changed meanwhile',
    explanation: 'Another command finished between planning and acting; nothing was changed.',
    exit: 'failed',
  },
  MANIFEST_INVALID: {
    title: 'The state of gear on this host cannot be read',
    explanation: 'The manifest of the current generation is damaged.',
    exit: 'environment',
  },
  MANIFEST_NEWER: {
    title: 'The state on this host was written by a newer gear',
    explanation: 'An older gear refuses to touch a manifest whose schema it does not know.',
    exit: 'environment',
  },
  UNIT_INVALID: {
    title: 'A rendered unit is not valid',
    explanation: 'systemd-analyze refused the text that would have been installed.',
    exit: 'input',
  },
  START_FAILED: {
    title: 'The container did not start',
    explanation: 'systemd reported that the start job failed.',
    exit: 'failed',
  },
  STOP_FAILED: {
    title: 'The container did not stop',
    explanation: 'systemd reported that the stop job failed.',
    exit: 'failed',
  },
  TAKEN_BACK: {
    title: 'The change was taken back',
    explanation: 'The new form did not start or did not become healthy; what ran before runs again.',
    exit: 'takenBack',
  },
  NO_GENERATION: {
    title: 'There is no such generation',
    explanation: 'The generation to go back to does not exist, or does not hold this container.',
    exit: 'input',
  },
  DEPENDENCY_UNKNOWN: {
    title: 'A dependency does not exist',
    explanation: '--after and --requires name a container of gear or a systemd unit with its suffix.',
    exit: 'input',
  },
  ...descriptorErrors,
  INTERRUPTED: {
    title: 'Interrupted',
    explanation: 'The command was interrupted; the next gear command finishes what was begun.',
    exit: 'failed',
  },
  UNSUPPORTED: {
    title: 'Not supported',
    explanation: 'The engine or systemd on this host cannot do what was asked.',
    exit: 'input',
  },
  USAGE: {
    title: 'Wrong usage',
    explanation: 'The command line could not be understood.',
    exit: 'usage',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
