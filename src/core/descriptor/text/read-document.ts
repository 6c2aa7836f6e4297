import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { Blanked, Document, SourceFile, Unfilled } from '../document.ts';
import { decode } from './decode.ts';
import { interpolate, type Part } from './interpolate.ts';
import { type Layers, layersOf, placeIn, placeOf } from './layers.ts';
import type { Mismatch } from './overlay.ts';
import { parse } from './parse.ts';
import { fillingOf, type ReadOptions } from './read-options.ts';
import { quickDocument, readLines, readQuick } from './read-quick.ts';
import type { SourceText } from './source-text.ts';

/**
 * Reads the file of an app, or several of which each is laid over those before it. Fails with everything that is wrong
 * in any of them: DESCRIPTOR_UNREADABLE, DESCRIPTOR_SYNTAX, each with its place. What is wrong with variables (VARIABLE_SYNTAX,
 * VARIABLE_UNSET) is the document's `unfilled`, so that whoever reads on can tell the rest in the same run.
 */
export async function readDocument(
  files: readonly SourceFile[],
  options: ReadOptions,
): Promise<Result<Document>> {
  const [first] = files;
  if (first === undefined) throw new Error('a document is read from at least one file');
  const sources = files.map(decode);
  const quick = readQuick(sources, options);
  if (quick !== undefined) {
    const locate = async () => {
      const layers = readLines(sources, options, quick.value);
      return layers === undefined ? readLayers(sources, options) : ok(layers);
    };
    return ok(quickDocument(first.path, quick.value, locate));
  }
  const layers = await readLayers(sources, options);
  if (!layers.ok) return layers;
  const { unfilled, blanked } = layers.value;
  return ok({
    ...documentOf(first.path, layers.value),
    ...(unfilled.length === 0 ? {} : { unfilled }),
    ...(blanked.length === 0 ? {} : { blanked }),
  });
}

/**
 * Reads a file that may hold several documents, separated by `---`, of any kind of value; an empty file has none. Without
 * options texts are as they stand.
 */
export async function readDocuments(
  file: SourceFile,
  options?: ReadOptions,
): Promise<Result<readonly Document[]>> {
  const source = decode(file);
  if (!source.ok) return source;
  const parsed = await parse(source.value);
  if (!parsed.ok) return parsed;
  const parts = options === undefined ? parsed.value : parsed.value.map((part) => fill(part, options));
  const failures = parts.flatMap(({ unfilled = [] }: FilledPart) => unfilled.map(({ failure }) => failure));
  if (failures.length > 0) return err(...failures);
  return ok(parts.map((part) => documentOf(file.path, layersOf([part]))));
}

/** All files with the places of their parts, or all that is wrong with them. */
async function readLayers(
  sources: readonly Result<SourceText>[],
  options: ReadOptions,
): Promise<Result<Layers & Gaps>> {
  const results = await Promise.all(sources.map((source) => readPart(source, options)));
  const failures = results.flatMap((result) => (result.ok ? [] : result.failures));
  if (failures.length > 0) return err(...failures);
  const parts = results.flatMap((result) => (result.ok ? [result.value] : []));
  const { mismatches, ...layers } = layersOf(parts);
  if (mismatches.length > 0) return err(...mismatches.map((mismatch) => mismatchFailure(parts, mismatch)));
  return ok({
    ...layers,
    unfilled: parts.flatMap(({ unfilled = [] }) => unfilled),
    blanked: parts.flatMap(({ blanked = [] }) => blanked),
  });
}

/** The variables that have no value. */
interface Gaps {
  readonly unfilled: readonly Unfilled[];
  readonly blanked: readonly Blanked[];
}

/** A file whose variables are filled in, as far as they can be. */
type FilledPart = Part & Partial<Gaps>;

async function readPart(source: Result<SourceText>, options: ReadOptions): Promise<Result<FilledPart>> {
  if (!source.ok) return source;
  const parsed = await parse(source.value);
  if (!parsed.ok) return parsed;
  const [part, second] = parsed.value;
  if (part === undefined || (part.value === null && second === undefined))
    return err(emptyFile(source.value));
  if (second !== undefined) return err(severalDocuments(source.value, second));
  if (typeof part.value !== 'object' || part.value === null || Array.isArray(part.value))
    return err(notAMap(part));
  const filled = fill(part, options);
  const isWhole = filled.unfilled.some(({ path }) => path.length === 0);
  return isWhole ? err(...filled.unfilled.map(({ failure }) => failure)) : ok(filled);
}

function fill(part: Part, options: ReadOptions): Part & Gaps {
  return { ...part, ...interpolate(part, fillingOf(part.value, options)) };
}

function documentOf(source: string, layers: Layers): Document {
  return {
    value: layers.value,
    source,
    place: (path, part) => placeIn(layers, path, part),
    locate: () => Promise.resolve(),
  };
}

function emptyFile(source: SourceText): Failure {
  return source.failure('DESCRIPTOR_SYNTAX', 0, 'the file holds no value', 'begin it with: containers:');
}

function severalDocuments(source: SourceText, second: Part): Failure {
  const separator = source.text.lastIndexOf('\n---', second.span([]).start);
  return source.failure(
    'DESCRIPTOR_SYNTAX',
    separator + 1,
    'a second document begins here, and a descriptor is one',
    'make a file of each; to lay one over the other: -f FILE -f FILE',
  );
}

function notAMap(part: Part): Failure {
  return part.source.failure(
    'DESCRIPTOR_SYNTAX',
    part.span([]).start,
    `the file is ${Array.isArray(part.value) ? 'a list' : 'one value'}, not a map of keys`,
    'begin it with: containers:',
  );
}

function mismatchFailure(parts: readonly Part[], { key, before, after }: Mismatch): Failure {
  const first = placeOf(parts, before, 'key');
  return {
    code: 'DESCRIPTOR_SYNTAX',
    message: `${quote(key)} is a map in one file and a list in the other, so they cannot be laid over each other`,
    next: `write it as in ${first.source}:${first.line ?? 1}`,
    place: placeOf(parts, after, 'key'),
  };
}
