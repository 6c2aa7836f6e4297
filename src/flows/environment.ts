import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { readEnvironment } from '../apply/environment-store.ts';
import type { EnvironmentReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { oneInstance } from './running-container.ts';

/** The variables of a container with their values, which only root can read. FailureError NOT_ROOT, FILE_FAILED. */
export async function showEnvironment(
  context: FlowContext,
  name: string,
): Promise<Result<EnvironmentReport>> {
  return attempt(async () => {
    const instance = await oneInstance(context, name);
    const { environmentFile } = instance;
    const variables =
      environmentFile === null ? {} : await readEnvironment(context.host.files, environmentFile);
    if (variables !== null) return { name: instance.name, variables };
    throw new FailureError({
      code: 'FILE_FAILED',
      message: `the environment of ${instance.name} is gone from /etc/gear/files, or damaged`,
      next: `state it whole: gear install ${instance.spec.image} ${instance.name} KEY=VALUE…`,
      subject: instance.name,
    });
  });
}
