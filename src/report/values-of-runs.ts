/** How a program in a container ended: 128 and more when a signal ended it. */
export interface ExecReport {
  readonly name: string;
  readonly exitStatus: number;
}

/** How a container that ran once ended. `exitStatus` is the program's, 128 and more when a signal ended it. */
export interface RunReport {
  readonly name: string;
  readonly unit: string;
  readonly image: string;
  readonly exitStatus: number;
}
