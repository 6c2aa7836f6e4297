import { err, type Result } from '../errors/failure.ts';
import { nearest } from '../core/model/nearest.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { removeContainers } from './remove.ts';

/** Removes whole apps: a container's name alone is refused, so that no part of an app goes by mistake. */
export async function takeDown(
  context: FlowContext,
  input: { readonly apps: readonly string[]; readonly volumes: boolean },
): Promise<Result<ChangeReport>> {
  const instances = (await readCurrentManifest(context.host.files))?.instances ?? [];
  const apps = [...new Set(instances.map(({ app }) => app))];
  const unknown = input.apps.filter((app) => !apps.includes(app));
  if (unknown.length > 0) {
    return err(
      ...unknown.map((app) => {
        const near = nearest(app, apps);
        return {
          code: 'NAME_UNKNOWN' as const,
          message: `there is no app ${app} on this host`,
          next:
            near === undefined
              ? 'gear ls tells the apps; gear rm removes a container'
              : `did you mean ${near}?`,
          subject: app,
        };
      }),
    );
  }
  return removeContainers(context, { names: input.apps, volumes: input.volumes });
}
