/** What to do instead of a flag of `docker run` that gear does not have, for hands that are used to it. */
const habits: Readonly<Record<string, string>> = {
  '-d': 'leave it out: systemd runs containers in the background',
  '--detach': 'leave it out: systemd runs containers in the background',
  '-it': 'leave it out: nobody is at a terminal of a unit',
  '-i': 'leave it out: nobody is at a terminal of a unit',
  '-t': 'leave it out: nobody is at a terminal of a unit',
  '--rm': 'leave it out: gear rm removes a container',
  '--name': 'put the name after the image: gear install IMAGE NAME',
  '-m': 'write --memory',
  '-u': 'write --user',
};

/** The advice for a flag as typed; undefined when it is no habit of Docker's. */
export function dockerHabit(flag: string): string | undefined {
  const [name = ''] = flag.split('=');
  return Object.hasOwn(habits, name) ? habits[name] : undefined;
}

/** What other tools of this kind call gear's commands. */
const commandHabits: Readonly<Record<string, string>> = {
  run: 'write gear install IMAGE NAME',
  create: 'write gear install IMAGE NAME --no-start',
  remove: 'write gear rm NAME',
  uninstall: 'write gear rm NAME',
  ps: 'write gear ls',
  list: 'write gear ls',
  update: 'write gear set NAME --image IMAGE',
  inspect: 'write gear status NAME --json',
};

/** The advice for the name of a command as typed; undefined when it is no habit. */
export function commandHabit(word: string): string | undefined {
  return Object.hasOwn(commandHabits, word) ? commandHabits[word] : undefined;
}
