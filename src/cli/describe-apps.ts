import type { AppRequest } from '../core/model/app.ts';
import type { GivenDescription } from '../ports/host-records.ts';
import type { AskedApps } from './asked-apps.ts';
import { describeApp } from './context.ts';
import { absolute } from './descriptor-paths.ts';

/** How apps were described on a command line. Nothing for a part of an app: its other part was described before. */
export async function describeApps(
  apps: readonly AppRequest[],
  { paths, overlays, format, profiles, only }: AskedApps,
): Promise<Readonly<Record<string, GivenDescription>>> {
  if (only !== undefined) return {};
  const asked = {
    paths: paths.map(absolute),
    overlays: overlays.map(absolute),
    ...(format === undefined ? {} : { format }),
    ...(profiles === undefined ? {} : { profiles }),
  };
  return Object.fromEntries(
    await Promise.all(apps.map(async (app) => [app.app, await describeApp(app, asked)] as const)),
  );
}
