/** What other tools of this kind call gear's commands. */
const commandHabits: Readonly<Record<string, string>> = {
  create: 'write gear install IMAGE NAME --no-start',
  remove: 'write gear rm NAME',
  ps: 'write gear ls',
  list: 'write gear ls',
  update: 'write gear set NAME --image IMAGE',
  up: 'write gear apply FILE',
  delete: 'write gear rm NAME',
  kill: 'write gear stop NAME',
  enable: 'write gear start NAME: what is to run starts on boot',
  disable: 'write gear stop NAME: that holds over a boot',
  stats: 'write gear top',
  show: 'write gear status NAME, or gear inspect NAME',
  edit: 'write systemctl edit ctr-NAME.service',
};

/** The advice for the name of a command as typed; undefined when it is no habit. */
export function commandHabit(word: string): string | undefined {
  return Object.hasOwn(commandHabits, word) ? commandHabits[word] : undefined;
}
