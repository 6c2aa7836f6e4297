import type { Event, MarkedEvent } from './events.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatBytes } from './bytes.ts';
import { formatSpan } from './time.ts';
import type { PushedImage } from './values-of-images.ts';

type PushEvent = Extract<Event, { type: 'push' }> & Pick<MarkedEvent, 'host'>;

/** Follows images on their way to hosts: whether an event is the first of one, and how far it is. */
export function createPushes(): {
  readonly follow: (event: PushEvent) => { readonly first: boolean; readonly line: string };
} {
  const begun = new Set<string>();
  return {
    follow: (event) => {
      const key = `${event.host ?? ''} ${event.image}`;
      const first = !begun.has(key);
      begun.add(key);
      const { image, layer, layers, currentBytes, totalBytes } = event;
      const size = `${formatBytes(currentBytes)} of ${formatBytes(totalBytes)}`;
      return {
        first,
        line: `sending ${plain(image)}: layer ${String(layer)} of ${String(layers)}, ${size}`,
      };
    },
  };
}

/** `gear push`: what became of the image on a host. */
export function printPushed(pushed: PushedImage, style: Style): string {
  const { image, engine, layers, sentLayers, sentBytes, changed, elapsedMs } = pushed;
  const name = style.bold(plain(image));
  if (!changed) return `${name} ${style.dim(`is there already, in ${engine}`)}`;
  const sent = `${String(sentLayers)} of ${String(layers)} layers sent, ${formatBytes(sentBytes)}`;
  return `${name} ${style.good('new')} in ${engine}: ${sent} in ${formatSpan(elapsedMs)}`;
}
