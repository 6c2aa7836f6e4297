import type { Document } from '../document.ts';

/** Whether a value is a Compose file: it has services or includes some, and a native descriptor has containers. */
export function isCompose({ value }: Pick<Document, 'value'>): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Object.hasOwn(value, 'services') || Object.hasOwn(value, 'include')) &&
    !Object.hasOwn(value, 'containers')
  );
}
