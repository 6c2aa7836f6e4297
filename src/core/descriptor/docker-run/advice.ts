import { runFlags } from './run-flags.ts';

/** What to do about a flag of `docker run` that install does not have, as typed; undefined when it is none of them. */
export function runFlagAdvice(typed: string): string | undefined {
  const [word = ''] = typed.split('=');
  if (word === '--name') return 'put the name after the image: gear install IMAGE NAME';
  const flag = word.startsWith('--') ? longFlag(word.slice(2)) : shortFlag(word.slice(1, 2));
  if (flag?.leftOut !== undefined) return `leave it out: ${flag.leftOut}`;
  return flag?.instead;
}

function longFlag(name: string): (typeof runFlags)[string] | undefined {
  return Object.hasOwn(runFlags, name) ? runFlags[name] : undefined;
}

function shortFlag(letter: string): (typeof runFlags)[string] | undefined {
  return letter === '' ? undefined : Object.values(runFlags).find(({ short }) => short === letter);
}
