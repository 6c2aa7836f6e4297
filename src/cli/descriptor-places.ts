import type { FindPlaces } from '../flows/cat.ts';
import { attempt } from '../errors/failure.ts';
import { readApps } from './read-apps.ts';

/**
 * Where a descriptor of this machine says what it says of a container: the place of a key as `file:line`, null for one
 * that it does not have. Null where the app cannot be read from it any more.
 */
export const descriptorPlaces: FindPlaces = async (app, source) => {
  const read = await attempt(() => readApps({ paths: [source], overlays: [] }));
  const found = read.ok ? read.value.read.find(({ request }) => request.app === app) : undefined;
  if (found === undefined) return null;
  await found.locate();
  return (container, key) => {
    // Of a key that is absent it is the place of what would have it.
    const whole = found.place(['containers', container], 'key');
    const place = found.place(['containers', container, key], 'key');
    const isAbsent = place.line === whole.line && place.column === whole.column;
    return isAbsent || place.line === undefined ? null : `${place.source}:${String(place.line)}`;
  };
};
