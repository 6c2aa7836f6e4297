import type { Result } from '../../../errors/failure.ts';
import type { Document } from '../document.ts';
import { interpolate, type Part } from './interpolate.ts';
import { type Layers, layersOf, placeIn } from './layers.ts';
import { locate } from './locate.ts';
import { nodeValue } from './node-value.ts';
import { parseLines } from './parse-lines.ts';
import { parseQuick } from './parse-quick.ts';
import { fillingOf, type ReadOptions } from './read-options.ts';
import type { SourceText } from './source-text.ts';

/** What the files mean together, without places; undefined where any of them has to be read with places. */
export function readQuick(
  sources: readonly Result<SourceText>[],
  options: ReadOptions,
): { readonly value: unknown } | undefined {
  const parts = sources.flatMap((source) => (source.ok ? (quickPart(source.value, options) ?? []) : []));
  if (parts.length < sources.length) return undefined;
  const { value, mismatches } = layersOf(parts);
  return mismatches.length > 0 ? undefined : { value };
}

function quickPart(source: SourceText, options: ReadOptions) {
  const parsed = parseQuick(source.text);
  if (parsed === undefined) return undefined;
  const part = { source, value: parsed, span: () => ({ start: 0, end: 0 }) };
  const { value, unfilled, blanked } = interpolate(part, fillingOf(part.value, options));
  return unfilled.length + blanked.length > 0 ? undefined : { ...part, value };
}

/** The places of files whose lines say something by themselves and mean `value`; undefined for any others. */
export function readLines(
  sources: readonly Result<SourceText>[],
  options: ReadOptions,
  value: unknown,
): Layers | undefined {
  const parts = sources.flatMap((source) => (source.ok ? (linePart(source.value, options) ?? []) : []));
  if (parts.length < sources.length) return undefined;
  const { mismatches, ...layers } = layersOf(parts);
  // Another reading than that of the value would have other places, so it is none.
  const isSame = mismatches.length === 0 && JSON.stringify(layers.value) === JSON.stringify(value);
  return isSame ? layers : undefined;
}

function linePart(source: SourceText, options: ReadOptions): Part | undefined {
  const node = parseLines(source.text);
  const read = node === undefined ? undefined : nodeValue(source, node);
  if (node === undefined || read === undefined || 'failure' in read) return undefined;
  const part: Part = { source, value: read.value, span: (path, which) => locate(node, path, which) };
  const { value, unfilled, blanked } = interpolate(part, fillingOf(part.value, options));
  return unfilled.length + blanked.length > 0 ? undefined : { ...part, value };
}

/** A document that knows the places of its parts only once it is told to find them. */
export function quickDocument(source: string, value: unknown, read: () => Promise<Result<Layers>>): Document {
  let layers: Layers | undefined;
  return {
    value,
    source,
    place: (path, part) => (layers === undefined ? { source } : placeIn(layers, path, part)),
    locate: async () => {
      if (layers !== undefined) return;
      const result = await read();
      if (!result.ok)
        throw new Error(`the parsers disagree on ${source}: ${result.failures[0]?.message ?? ''}`);
      layers = result.value;
    },
  };
}
