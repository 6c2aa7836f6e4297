import type { Document } from '../document.ts';

/** Whether a value is a Compose file: it has services, and a native descriptor has containers. */
export function isCompose({ value }: Document): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'services') &&
    !Object.hasOwn(value, 'containers')
  );
}
