import { instanceOfUnit } from './links.ts';
import type { Operation } from './operation.ts';

/** The instance that an operation serves; null for what serves an app as a whole, or the host. */
export function instanceOf(each: Operation): string | null {
  if ('instance' in each) return each.instance;
  if ('unit' in each) return instanceOfUnit(each.unit);
  return each.kind === 'link.make' || each.kind === 'link.remove' ? instanceOfUnit(each.path) : null;
}
