/**
 * Does work for many things of one key at a time: what is asked for in one turn, or while an earlier work of that key
 * runs, is done together by the next. A failure is told to everybody whose thing was part of it.
 */
export function gathered<T>(
  work: (key: string, things: readonly T[]) => Promise<void>,
): (key: string, thing: T) => Promise<void> {
  const waiting = new Map<string, { readonly things: T[]; readonly done: Promise<void> }>();
  const last = new Map<string, Promise<unknown>>();
  return (key, thing) => {
    const known = waiting.get(key);
    if (known !== undefined) {
      known.things.push(thing);
      return known.done;
    }
    const things = [thing];
    const done = Promise.resolve(last.get(key)).then(() => {
      waiting.delete(key);
      return work(key, things);
    });
    waiting.set(key, { things, done });
    const ended = done
      .catch(() => undefined)
      .then(() => {
        if (last.get(key) === ended) last.delete(key);
      });
    last.set(key, ended);
    return done;
  };
}
