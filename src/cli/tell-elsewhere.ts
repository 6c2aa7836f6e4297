import type { AppRequest } from '../core/model/app.ts';
import { attempt } from '../errors/failure.ts';
import type { AskedApps } from './asked-apps.ts';
import { hostRecords } from './context.ts';
import { absolute } from './descriptor-paths.ts';

/**
 * Tells of apps whose descriptors name another host than the one that they were applied to before: they stay there until
 * somebody moves or removes them. By what is kept here; what cannot be read of that tells nothing.
 */
export async function tellElsewhere(
  apps: readonly AppRequest[],
  { paths, overlays }: AskedApps,
  tell: (note: string) => void,
): Promise<void> {
  const placed = apps.filter(({ host }) => host !== undefined);
  if (placed.length === 0) return;
  const from = new Set([...paths, ...overlays].map(absolute));
  const records = await hostRecords();
  const hosts = await attempt(() => records.hosts());
  for (const host of hosts.ok ? hosts.value : []) {
    const others = placed.filter((app) => app.host !== host);
    if (others.length === 0) continue;
    const record = await attempt(() => records.read(host));
    if (!record.ok || record.value === null) continue;
    const { descriptions } = record.value;
    for (const { app, host: now = '' } of others) {
      const before = descriptions[app];
      if (before === undefined || ![...before.paths, ...before.overlays].some((each) => from.has(each)))
        continue;
      tell(
        `${app} is for ${now} now, and stays on ${host} as it is: gear move ${host}/${app} ${now} takes it along with its data; gear rm ${host}/${app} removes it there`,
      );
    }
  }
}
