import { ok, type Result } from '../../../errors/failure.ts';
import type { Document } from '../document.ts';
import type { ForeignReading } from '../foreign/foreign-app.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { readManifests } from '../kubernetes/read-manifests.ts';
import { type Manifests, manifestPaths } from './read-kube.ts';
import { type QuadletInput, readQuadlet } from './read-quadlet.ts';
import { readUnits } from './read-units.ts';

/** Reads files of Quadlet's, with the manifests that .kube files among them name. */
export async function readQuadletApp(input: QuadletInput, context: ForeignContext): Promise<ForeignReading> {
  const hasKube = input.files.some(({ path }) => path.endsWith('.kube'));
  return readQuadlet(hasKube ? { ...input, manifests: await manifestsOf(input, context) } : input, context);
}

async function manifestsOf(input: QuadletInput, context: ForeignContext): Promise<Manifests> {
  const read = readUnits({ ...input, get: (path) => context.files.get(path) });
  const manifests = new Map<string, Result<readonly Document[]>>();
  const units = read.ok ? read.value.own.filter(({ kind }) => kind === 'kube') : [];
  for (const [path] of units.flatMap((unit) => manifestPaths(unit, context.directory))) {
    const file = context.files.get(path);
    // What is not there is told where it is named.
    if (file !== undefined && 'bytes' in file)
      manifests.set(path, file.bytes.length === 0 ? ok([]) : await readManifests([file]));
  }
  return manifests;
}
