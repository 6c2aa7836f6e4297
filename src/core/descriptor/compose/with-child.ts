import { childOrigin, type Origin, type Sourced } from '../text/overlay.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A map with another child, which may be in its place. */
export function withChild({ value, origin }: Sourced, key: string, child: Sourced): Sourced {
  return {
    value: { ...(value as Fields), [key]: child.value },
    origin: { ...origin, children: new Map([...allChildren(value, origin), [key, child.origin]]) },
  };
}

function allChildren(value: unknown, origin: Origin): ReadonlyMap<string | number, Origin> {
  return new Map(Object.keys(value as Fields).map((key) => [key, childOrigin(origin, key)]));
}
