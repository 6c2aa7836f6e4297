/** What is known of a pod without a cluster. */
export interface PodFacts {
  /** Its name, as the names of its containers and of volumes of its own begin. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a fieldPath leads to, as variables and files of downwardAPI have it; undefined for what only a cluster knows. */
export function factOf(pod: PodFacts, fieldPath: string): string | undefined {
  if (fieldPath === 'metadata.name') return pod.name;
  if (fieldPath === 'metadata.namespace') return pod.namespace;
  const [, map, key] = /^metadata\.(labels|annotations)(?:\['([^']*)'\])?$/.exec(fieldPath) ?? [];
  if (map === undefined) return undefined;
  const entries = map === 'labels' ? pod.labels : pod.annotations;
  return key === undefined ? linesOf(entries) : (entries[key] ?? '');
}

/** A whole map as Kubernetes writes it into a file: `key="value"`, by key. */
function linesOf(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, text]) => `${key}=${JSON.stringify(text)}`)
    .join('\n');
}
