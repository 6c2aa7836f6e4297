import type { SourceFile } from '../../src/core/descriptor/document.ts';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { readKubernetes } from '../../src/core/descriptor/kubernetes/read-kubernetes.ts';
import { readManifests } from '../../src/core/descriptor/kubernetes/read-manifests.ts';
import type { Result } from '../../src/errors/failure.ts';

/** Reads manifests, by their names, as all that the folder `shop` holds. */
export async function kubernetesOf(texts: Readonly<Record<string, string>>): Promise<Result<ForeignApp>> {
  const files = Object.entries(texts).map(([path, text]): SourceFile => ({
    path,
    bytes: new TextEncoder().encode(text),
  }));
  const documents = await readManifests(files);
  if (!documents.ok) return documents;
  return readKubernetes(documents.value, 'shop', {
    directory: '/srv/shop',
    environment: {},
    files: new Map(),
  });
}
