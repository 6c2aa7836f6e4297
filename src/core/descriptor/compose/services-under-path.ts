import { childOrigin, type Sourced } from '../text/overlay.ts';
import { absoluteService } from './absolute-paths.ts';
import { extendedKey } from './asks-for-files.ts';
import { isMap } from './fields.ts';

/** The services of a file of that path as `PATH#NAME`, so that others can extend them, with those that they extend in turn. */
export function servicesUnderPath(
  path: string,
  directory: string,
  { value, origin }: Sourced,
): readonly (readonly [string, Sourced])[] {
  const services = isMap(value) ? value['services'] : undefined;
  if (!isMap(value) || !isMap(services)) return [];
  const own = Object.entries(services).flatMap(([name, service]): readonly (readonly [string, Sourced])[] => {
    if (!isMap(service)) return [];
    const base = baseOf(service['extends']);
    const led = base === undefined || base.includes('#') ? {} : { extends: { service: `${path}#${base}` } };
    const at = childOrigin(childOrigin(origin, 'services'), name);
    return [[`${path}#${name}`, { value: { ...absoluteService(service, directory), ...led }, origin: at }]];
  });
  const further = Object.entries(isMap(value[extendedKey]) ? value[extendedKey] : {});
  return [
    ...own,
    ...further.map(
      ([key, service]) =>
        [key, { value: service, origin: childOrigin(childOrigin(origin, extendedKey), key) }] as const,
    ),
  ];
}

/** The service that `extends` names, in its short form or its long one. */
function baseOf(given: unknown): string | undefined {
  const base = isMap(given) ? given['service'] : given;
  return typeof base === 'string' ? base : undefined;
}
