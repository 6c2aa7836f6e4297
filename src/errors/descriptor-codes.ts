import type { ErrorEntry } from './error-entry.ts';

/** The failures of reading descriptors; a part of errorTable. */
export const descriptorErrors = {
  DESCRIPTOR_UNREADABLE: {
    title: 'A file of the descriptor cannot be read',
    explanation: 'The file is absent, not readable, not UTF-8 text, or larger than 1 MiB.',
    exit: 'input',
  },
  DESCRIPTOR_SYNTAX: {
    title: 'A file of the descriptor is not valid YAML',
    explanation:
      'The text cannot be understood, or uses a part of YAML that descriptors leave out: see docs/topics/descriptor-syntax.md.',
    exit: 'input',
  },
  VARIABLE_SYNTAX: {
    title: 'A variable in a descriptor is written wrongly',
    explanation:
      '"${" begins a variable: ${NAME}, ${NAME:-default}, ${NAME:?message}, ${NAME:+other}; "$$" is a dollar sign.',
    exit: 'input',
  },
  VARIABLE_UNSET: {
    title: 'A variable of a descriptor is not set',
    explanation: 'Neither the environment nor .env sets the variable, and the descriptor gives no default.',
    exit: 'input',
  },
  DEPENDENCY_CYCLE: {
    title: 'Containers wait for each other',
    explanation: 'A container comes, over others, after itself, so that none of them could start first.',
    exit: 'input',
  },
  DESCRIPTOR_KEY: {
    title: 'A descriptor has a key that does not exist',
    explanation:
      'docs/descriptor.md lists every key. At the top level, keys that begin with "x-" are passed over.',
    exit: 'input',
  },
  CONFIG_FILE: {
    title: 'A file of configuration cannot be read',
    explanation: 'The source of an entry of files is absent, not readable, too large, or no ordinary file.',
    exit: 'input',
  },
  DIRECTIVE_UNKNOWN: {
    title: 'systemd has no such directive',
    explanation: 'A directive under systemd is none of its section, or newer than the systemd of the host.',
    exit: 'input',
  },
  LABEL_INVALID: {
    title: 'A label of an image is no command that gear can follow',
    explanation:
      'INSTALL, RUN and UNINSTALL hold a line of docker run, with variables that docs/topics/labels.md lists. No shell reads it, so what only a shell could do is refused.',
    exit: 'input',
  },
  LABEL_FAILED: {
    title: 'What a label of an image ran has failed',
    explanation:
      'The container of LABEL INSTALL or UNINSTALL ended with another status than 0. After INSTALL nothing else was done; before UNINSTALL the container was removed.',
    exit: 'failed',
  },
  TEMPLATE_INVALID: {
    title: 'A template of a unit cannot be used',
    explanation:
      'It has a mistake, names a field that there is not, or leaves out a line that supervision stands on: see docs/topics/templates.md. Nothing was installed.',
    exit: 'input',
  },
} as const satisfies Record<string, ErrorEntry>;
