/** A word that may name a host before a name: `web1/shop` is shop on web1. */
export interface HostWord {
  /** As written; null where the word names none. */
  readonly host: string | null;
  readonly name: string;
}

/** Splits `[user@]host[:port]/name`. A name has no slash, so the first one ends the host. */
export function splitHostWord(word: string): HostWord {
  const slash = word.indexOf('/');
  if (slash <= 0) return { host: null, name: word };
  return { host: word.slice(0, slash), name: word.slice(slash + 1) };
}
