import { FailureError } from '../../errors/failure.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

/** Reads the text of a manifest; `path` is for messages. FailureError MANIFEST_INVALID or MANIFEST_NEWER. */
export function manifestOf(text: string, path: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : 'not JSON');
  }
  if (!isRecord(value) || typeof value.schema !== 'number') throw invalid(path, 'it has no schema number');
  if (value.schema > manifestSchema) {
    throw new FailureError({
      code: 'MANIFEST_NEWER',
      message: `${path} has schema ${String(value.schema)}; this gear knows up to ${String(manifestSchema)}`,
      next: 'use the newer gear on this host',
      place: { source: path },
    });
  }
  if (typeof value.generation !== 'number' || !Array.isArray(value.instances) || !isRecord(value.units)) {
    throw invalid(path, 'fields are missing');
  }
  return value as unknown as Manifest;
}

function invalid(path: string, why: string): FailureError {
  return new FailureError({
    code: 'MANIFEST_INVALID',
    message: `${path} cannot be read: ${why}`,
    next: 'gear doctor shows which generations are whole; containers go on running meanwhile',
    place: { source: path },
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
