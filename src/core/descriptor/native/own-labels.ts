import type { Path } from '../document.ts';
import { parseLabel } from '../options/pairs.ts';
import type { Scope } from './scope.ts';

/** Refuses labels of a network or volume that gear finds its own by; `path` is that of the network or volume. */
export function refuseOwnLabels(
  { findings }: Pick<Scope, 'findings'>,
  path: Path,
  labels: Readonly<Record<string, string>> | undefined,
): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const parsed = parseLabel(`${key}=${value}`);
    if (parsed.ok) continue;
    for (const { code, message, next } of parsed.failures)
      findings.refuse([...path, 'labels', key], code, message, next);
  }
}
