import { attempt, FailureError, type Result } from '../errors/failure.ts';
import type { CopyReport } from '../report/values.ts';
import type { Host } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import type { CopyThere } from './copy-over.ts';
import { awaitEngine, engineLine } from './engine-command.ts';
import { containersOf, oneInstance } from './running-container.ts';

/** One end of a copy: a path of this machine, or one in a container. */
export interface CopyEnd {
  readonly name?: string;
  readonly path: string;
}

/**
 * Copies a file or folder into a container or out of it, as the engine's own `cp` does. It need not run, only exist.
 * `here` is the machine of the other path, where the container is on another. FailureError ENGINE_FAILED, FILE_FAILED, DISK_FULL.
 */
export async function copyBetween(
  context: FlowContext,
  from: CopyEnd,
  to: CopyEnd,
  here: Host | null = null,
): Promise<Result<CopyReport>> {
  return attempt(async () => {
    const inside = from.name === undefined ? to : from;
    const instance = await oneInstance(context, inside.name ?? '');
    const containers = await containersOf(context, instance);
    const container = containers.find((each) => each.running) ?? containers[0];
    if (container === undefined) {
      throw new FailureError({
        code: 'NOT_RUNNING',
        message: `${instance.name} has no container at this moment`,
        next: `gear start ${instance.name}`,
        subject: instance.name,
      });
    }
    const word = ({ name, path }: CopyEnd): string => (name === undefined ? path : `${container.id}:${path}`);
    const copy: CopyThere = async (source, target) => {
      await awaitEngine(context, instance.engine, `copy ${from.path}`, ['cp', source, target]);
    };
    if (here === null) await copy(word(from), word(to));
    else {
      const { copyIn, copyOut } = await import('./copy-over.ts');
      const over = { context, here };
      if (from.name === undefined) await copyIn(over, from.path, word(to), copy);
      else {
        const archive = await engineLine(context, instance.engine, ['cp', word(from), '-']);
        await copyOut(over, archive, from.path, to.path);
      }
    }
    return { name: instance.name, from: from.path, to: to.path, into: from.name === undefined };
  });
}
