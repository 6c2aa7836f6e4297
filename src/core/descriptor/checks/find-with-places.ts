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
  const sources = [...new Set(apps.map(({ request }) => request.source))];
  const position = ({ failure: { place } }: Finding) =>
    [sources.indexOf(place?.source ?? ''), place?.line ?? 0, place?.column ?? 0] as const;
  return find(apps).toSorted((a, b) => {
    const [left, right] = [position(a), position(b)];
    return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
  });
}
