/**
 * Whether two values mean the same as data: what canonicalJson() gives of both is the same text, and is not made. The
 * order of keys does not count, and a property that is undefined is none.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) return isSameList(one, other);
  return isCovered(one, other) && isCovered(other, one, () => true);
}

function isSameList(one: object, other: object): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, at) => isSame(item, other[at]));
}

/** Each property of the one is a property of the other, and the same. */
function isCovered(one: object, other: object, isEqual = isSame): boolean {
  const [of, by] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const key of Object.keys(of)) {
    if (of[key] === undefined) continue;
    if (!Object.hasOwn(by, key) || by[key] === undefined || !isEqual(of[key], by[key])) return false;
  }
  return true;
}
