import { keepTagPrefix } from '../../core/model/keep-tag.ts';
import type { NetworkSpec } from '../../core/model/network.ts';

/** The label that says for which instance gear made a container or volume. */
export const ownerLabel = 'gear.name';

/** The label that says to which app a container, volume or network belongs. */
export const appLabel = 'gear.owner';

/** The labels of an app's network: what the descriptor says, and gear's own, which nobody else may give. */
export function networkLabels(app: string, name: string, spec: NetworkSpec): Record<string, string> {
  return { ...spec.labels, [appLabel]: app, [ownerLabel]: name };
}

/** Throws for a tag that is not gear's: only those are ever removed, and another would be a bug, not a failure. */
export function assertOwnTag(reference: string): void {
  if (!reference.startsWith(keepTagPrefix)) throw new TypeError(`${reference} is not a tag of gear's own`);
}
