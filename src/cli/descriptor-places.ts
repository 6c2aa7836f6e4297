import type { FindPlaces } from '../flows/cat.ts';
import type { Path } from '../core/descriptor/document.ts';
import { statedItem } from '../core/descriptor/stated-item.ts';
import { attempt } from '../errors/failure.ts';
import { readApps } from './read-apps.ts';

/**
 * Where a descriptor of this machine, or a file laid over it, says what it says of a container: `file:line` of the item of
 * a key that a unit's line shows, else of the key; null for a key that neither has. Null where the app cannot be read
 * from it any more.
 */
export const descriptorPlaces: FindPlaces = async (app, { path, overlays = [] }) => {
  const isLaidOver = overlays.length > 0;
  const files = isLaidOver ? { paths: [], overlays: [path, ...overlays] } : { paths: [path], overlays: [] };
  const read = await attempt(() => readApps(files));
  const found = read.ok ? read.value.read.find(({ request }) => request.app === app) : undefined;
  if (found === undefined) return null;
  await found.locate();
  return (container, key, line) => {
    const keyPath: Path = ['containers', container, key];
    // Of a key that is absent it is the place of what would have it.
    const whole = found.place(['containers', container], 'key');
    const place = found.place(keyPath, 'key');
    const isAbsent = place.line === whole.line && place.column === whole.column;
    if (isAbsent || place.line === undefined) return null;
    const item = statedItem(found.value, keyPath, line);
    const exact = item === null ? place : found.place([...keyPath, item], 'key');
    return `${exact.source}:${String(exact.line ?? place.line)}`;
  };
};
