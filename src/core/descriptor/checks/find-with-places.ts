import { inTextOrder } from '../../../errors/text-order.ts';
import type { Finding, ReadApp } from './read-app.ts';

/** What a check finds, each with line and column, as they stand in the texts: the apps concerned find their places, and the check looks once more. */
export async function findWithPlaces(
  apps: readonly ReadApp[],
  find: (apps: readonly ReadApp[]) => readonly Finding[],
): Promise<readonly Finding[]> {
  const found = find(apps);
  if (found.length === 0) return found;
  const concerned = new Set(found.flatMap((finding) => finding.apps));
  await Promise.all([...concerned].map((app) => app.locate()));
  const compare = inTextOrder(apps.map(({ request }) => request.source));
  return find(apps).toSorted((a, b) => compare(a.failure, b.failure));
}
