/** The time, as data: core never asks. */
export interface Clock {
  nowMs(): number;
}
