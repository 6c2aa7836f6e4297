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
} as const satisfies Record<string, ErrorEntry>;
