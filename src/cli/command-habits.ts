/** What other tools of this kind call gear's commands. */
const commandHabits: Readonly<Record<string, string>> = {
  create: 'write gear install IMAGE NAME --no-start',
  remove: 'write gear rm NAME',
  ps: 'write gear ls',
  list: 'write gear ls',
  update: 'write gear set NAME --image IMAGE',
};

/** The advice for the name of a command as typed; undefined when it is no habit. */
export function commandHabit(word: string): string | undefined {
  return Object.hasOwn(commandHabits, word) ? commandHabits[word] : undefined;
}
