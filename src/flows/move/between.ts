import type { FlowContext } from '../context.ts';

/** The two hosts of a move. */
export interface Between {
  readonly from: FlowContext;
  readonly to: FlowContext;
}

/** What moves, and the hosts as they were named. */
export interface MoveNames {
  readonly app: string;
  readonly from: string;
  readonly to: string;
}
