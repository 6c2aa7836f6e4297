/** Exit status of the command by kind of outcome. 2 is oclif's own for wrong usage. */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  partial: 3,
  input: 4,
  environment: 5,
  takenBack: 6,
  changes: 10,
} as const;

export type ExitKind = keyof typeof exitStatus;
