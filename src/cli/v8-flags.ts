import { setFlagsFromString } from 'node:v8';

/**
 * Sets a flag of V8 while this process lives, and `back` at its end: the compiled form that bin/run.cjs keeps at exit
 * carries V8's flags, and is taken by a process with the same alone.
 */
export function setV8Flag(flag: string, back: string): void {
  setFlagsFromString(flag);
  if (!restored.has(back)) process.prependListener('exit', () => setFlagsFromString(back));
  restored.add(back);
}

const restored = new Set<string>();
