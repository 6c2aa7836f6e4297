import type { ExitKind } from './exit-status.ts';

/** What docs/errors.md says of a failure, and how the command ends. */
export interface ErrorEntry {
  readonly title: string;
  readonly explanation: string;
  readonly exit: ExitKind;
}
