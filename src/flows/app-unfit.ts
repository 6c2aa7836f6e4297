import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Failure } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** What of an app this engine, and the systemd of this host, do not know, each with its place. */
export async function findUnfit(
  { host }: FlowContext,
  app: ReadApp,
  engine: EngineKind,
): Promise<readonly Failure[]> {
  const { checkForTarget } = await import('../core/descriptor/checks/check-apps.ts');
  const systemdVersion = await (await host.systemd()).version();
  const found = await checkForTarget([app], { engineOf: () => engine, systemdVersion });
  return found.map(({ failure }) => ({ ...failure, subject: app.request.app }));
}

/** An app of which nothing is known but its descriptor's name. */
export function withoutText(request: AppRequest): ReadApp {
  return { request, place: () => ({ source: request.source }), locate: () => Promise.resolve() };
}
