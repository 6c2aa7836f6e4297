import { isMap } from './fields.ts';

/** The key under which services of other files stand that are extended; nobody else reads keys that begin so. */
export const extendedKey = 'x-gear-extended';

/** Whether a value asks for other files, so that they have to be loaded with it. */
export function asksForFiles(value: unknown): boolean {
  if (!isMap(value)) return false;
  const services = isMap(value['services']) ? Object.values(value['services']) : [];
  return value['include'] !== undefined || services.some((service) => extendedFile(service) !== undefined);
}

/** The file that a service extends a service of; undefined where it is its own, or none. */
export function extendedFile(service: unknown): string | undefined {
  const given = isMap(service) ? service['extends'] : undefined;
  const file = isMap(given) ? given['file'] : undefined;
  return typeof file === 'string' ? file : undefined;
}
