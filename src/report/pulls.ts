import type { Event } from './events.ts';
import { plain } from './plain.ts';

type PullEvent = Extract<Event, { type: 'pull' }>;

interface Layer {
  readonly currentBytes: number;
  readonly totalBytes: number;
  readonly done: boolean;
}

/** What the engines say of a layer that needs nothing more: Docker in the first two, Podman in the others. */
const done = /^(Pull complete|Already exists|done|skipped)/;

/** Follows pulls by their events: whether one is the first of its image, and how far the image is, over all layers. */
export function createPulls(): {
  readonly follow: (event: PullEvent) => { readonly first: boolean; readonly line: string };
} {
  const images = new Map<string, Map<string, Layer>>();
  return {
    follow: (event) => {
      const known = images.get(event.image);
      const layers = known ?? new Map<string, Layer>();
      images.set(event.image, layers);
      if (event.layer !== '') layers.set(event.layer, layerAfter(event, layers.get(event.layer)));
      return { first: known === undefined, line: pullLine(event, [...layers.values()]) };
    },
  };
}

/** Only what is downloaded counts: Docker counts the same bytes again while it extracts. */
function layerAfter({ phase, currentBytes, totalBytes }: PullEvent, before: Layer | undefined): Layer {
  if (phase === 'Downloading' && currentBytes !== undefined && totalBytes !== undefined)
    return { currentBytes, totalBytes, done: false };
  const total = before?.totalBytes ?? 0;
  const waits = /^(Pulling fs layer|Waiting)/.test(phase);
  return { currentBytes: waits ? 0 : total, totalBytes: total, done: done.test(phase) };
}

function pullLine({ image, phase }: PullEvent, layers: readonly Layer[]): string {
  const what = `pulling ${plain(image)}`;
  if (layers.length === 0) return `${what}: ${plain(phase)}`;
  const ready = layers.filter((layer) => layer.done).length;
  const count = `${String(ready)} of ${String(layers.length)} layers`;
  const total = sum(layers.map((layer) => layer.totalBytes));
  if (total === 0) return `${what}: ${count}`;
  return `${what}: ${megabytes(sum(layers.map((layer) => layer.currentBytes)))} of ${megabytes(total)} MB, ${count}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
