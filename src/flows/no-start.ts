import type { Manifest } from '../core/model/manifest.ts';
import type { Failure } from '../errors/failure.ts';

/** What of these --no-start cannot be said of: it is installed and not stopped, and would be neither. Empty: nothing. */
export function findNotStopped(names: readonly string[], manifest: Manifest | null): readonly Failure[] {
  const installed = new Map(manifest?.instances.map((each) => [each.name, each]));
  return names
    .filter((name) => installed.get(name)?.hold === null)
    .map((name) => ({
      code: 'VALUE_INVALID',
      message: `${name} is installed and not stopped; --no-start is for a first install`,
      next: `gear stop ${name} first, then the same command; or leave --no-start out`,
      subject: name,
    }));
}
