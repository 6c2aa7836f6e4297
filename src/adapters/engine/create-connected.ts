import type { NetworkUse } from '../../core/model/container.ts';
import type { CreateRequest } from '../../ports/engine.ts';

/** What an engine does to a container that is not whole yet, by its present name. */
export interface Making {
  readonly create: (request: CreateRequest) => Promise<string>;
  readonly connect: (container: string, use: NetworkUse) => Promise<void>;
  readonly rename: (container: string, name: string) => Promise<void>;
  /** Absent is no error. */
  readonly discard: (container: string) => Promise<void>;
}

/**
 * Creates a container and joins it to all its networks under a name of its own, then gives it its name: after a crash
 * the name is either not there or that of a whole container. A leftover is replaced.
 */
export async function createConnected(request: CreateRequest, making: Making): Promise<string> {
  const uses = request.connect ?? [];
  if (uses.length === 0) return making.create(request);
  const unfinished = `${request.name}.new`;
  await making.discard(unfinished);
  const id = await making.create({
    ...request,
    name: unfinished,
    arguments: renamed(request.arguments, unfinished),
  });
  try {
    for (const use of uses) await making.connect(unfinished, use);
    await making.rename(unfinished, request.name);
    return id;
  } catch (error) {
    await making.discard(unfinished);
    throw error;
  }
}

/** The engine takes the last --name of its flags; behind the image are words of the container's own command. */
function renamed(words: readonly string[], name: string): readonly string[] {
  const at = words.indexOf('--name');
  if (at === -1) throw new Error('a container without --name among its arguments');
  return words.with(at + 1, name);
}
