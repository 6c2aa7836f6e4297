/** The key under which a descriptor declares a thing of the engine, and whether its name has to be written there. */
export interface ShortKey {
  readonly key: string;
  /** The engine's name does not follow from the key. */
  readonly named: boolean;
}

/**
 * Keys for the engine's names of networks or volumes: `shop_data` is `data` in the app shop, by Compose's rule; any
 * other name is its own key. Two that would have the same key keep their names.
 */
export function shortKeys(app: string, names: Iterable<string>): ReadonlyMap<string, ShortKey> {
  const keys = new Map<string, ShortKey>();
  const taken = new Set<string>();
  const sorted = [...new Set(names)].toSorted();
  const isOwn = (name: string): boolean => name.startsWith(`${app}_`) && name.length > app.length + 1;
  for (const name of [...sorted.filter(isOwn), ...sorted.filter((each) => !isOwn(each))]) {
    const short = isOwn(name) ? name.slice(app.length + 1) : name;
    let key = short;
    for (let number = 2; taken.has(key); number++) key = `${short}-${String(number)}`;
    taken.add(key);
    keys.set(name, { key, named: `${app}_${key}` !== name });
  }
  return keys;
}
