import type { ContainerRequest } from './container.ts';

/** The full name of a copy of a container: `web` for the container web of the app web, else `shop.web` or `shop.web-2`. */
export function instanceName({
  app,
  container,
  copy,
}: Pick<ContainerRequest, 'app' | 'container' | 'copy'>): string {
  if (copy !== undefined) return `${app}.${container}-${copy}`;
  return app === container ? app : `${app}.${container}`;
}
