import { attempt, ok, type Result } from '../errors/failure.ts';
import type { VersionReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';

/** The versions of gear and of what it works with; null for what does not answer. */
export async function versions(context: FlowContext): Promise<Result<VersionReport>> {
  const facts = await context.host.facts();
  const [systemd, ...engines] = await Promise.all([
    attempt(async () => (await context.host.systemd()).version()),
    ...facts.engines.map(async (kind) => {
      const about = await attempt(async () => (await context.host.engine(kind)).facts());
      return { kind, version: about.ok ? about.value.version : null };
    }),
  ]);
  return ok({ gear: context.version, systemd: systemd.ok ? systemd.value : null, engines });
}
