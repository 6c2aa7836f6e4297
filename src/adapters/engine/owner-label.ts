/** The label that says for which instance gear made a container or volume. */
export const ownerLabel = 'gear.name';

/** The registry name that gear's own tags carry; no such registry exists. Only these are ever removed. */
const ownTagPrefix = 'gear.local/';

/** Throws for a tag that is not gear's: to remove it would be a bug, not a failure. */
export function assertOwnTag(reference: string): void {
  if (!reference.startsWith(ownTagPrefix)) throw new TypeError(`${reference} is not a tag of gear's own`);
}
