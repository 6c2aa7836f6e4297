/** What something was from one generation on, and what was typed that made it so. */
export interface Stage {
  readonly generation: number;
  readonly command: string;
  /** Equal for what is the same. */
  readonly form: string;
}

/** What goes back, by the command that its generation names. */
const goesBack = /^rollback |\(taken back\)$/;

/**
 * The forms that stand, oldest first and the present one last, each as its newest generation has it. What a rollback or
 * the taking back of a failed change undid is left out, so that one rollback after another goes further back, and none
 * goes into what was undone. `stages` are generations in order.
 */
export function standingStages<T extends Stage>(stages: readonly T[]): readonly T[] {
  const standing: T[] = [];
  for (const stage of stages) {
    const isSame = ({ form }: Stage): boolean => form === stage.form;
    const from = goesBack.test(stage.command)
      ? standing.findLastIndex(isSame)
      : standing.findLastIndex((each, index) => index === standing.length - 1 && isSame(each));
    standing.splice(from === -1 ? standing.length : from, standing.length, stage);
  }
  return standing;
}
