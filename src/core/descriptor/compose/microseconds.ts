import { parseDuration } from '../duration.ts';
import { type Attribute, kept } from './attribute.ts';

/** A time for the kernel's scheduler: a number of microseconds, or a duration. */
export function microseconds(name: string): Attribute {
  return kept(name, name, (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text === undefined) return;
    if (/^-?\d+$/.test(text)) {
      service.set(name, text, path);
      return;
    }
    const [, whole] = /^(\d+)us$/.exec(text) ?? [];
    const duration = whole === undefined ? parseDuration(text, { leastMs: 0 }) : undefined;
    if (duration?.ok === false) service.reader.wrongType(value, path, 'a number of microseconds');
    else service.set(name, whole ?? String((duration?.value ?? 0) * 1000), path);
  });
}
