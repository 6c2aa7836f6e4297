/** The command line of a label of an image, with its variables filled in. */
export interface ShownLabel {
  readonly label: string;
  readonly words: readonly string[];
}
