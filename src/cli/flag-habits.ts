const terminal = 'leave it out: the program has the terminal of whoever types, or else the pipe';
const attached = {
  i: terminal,
  t: terminal,
  it: terminal,
  ti: terminal,
  interactive: terminal,
  tty: terminal,
};

/** What other tools of this kind call the flags of single commands of gear, or what they need there and gear does not. */
const flagHabits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  exec: attached,
  run: attached,
  logs: { tail: 'write it as --lines 100' },
  install: { port: 'write it as --publish 8080:80' },
  set: { port: 'write it as --publish 8080:80' },
};

/** The advice for a flag of a command, as typed; undefined when it is no habit. */
export function flagHabit(command: string, typed: string): string | undefined {
  const flag = typed.replace(/^-+/, '').replace(/=.*$/s, '');
  const habits = flagHabits[command];
  return habits !== undefined && Object.hasOwn(habits, flag) ? habits[flag] : undefined;
}
