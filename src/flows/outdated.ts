import { attempt, type Failure, type Result } from '../errors/failure.ts';
import { parseImageReference } from '../core/model/image-reference.ts';
import type { Instance } from '../core/model/instance.ts';
import type { ImageAge, OutdatedRow } from '../report/values-of-outdated.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';

/** Registries limit how often they are asked, and Podman is a process each time. */
const atOnce = 4;

/** What a registry has under a name; null where the engine cannot tell. */
type Published = Result<readonly string[] | null>;

/** What was found, and why some of it could not be. */
export interface OutdatedReport {
  readonly rows: readonly OutdatedRow[];
  readonly failures: readonly Failure[];
}

/**
 * Which containers run another image than their registry has under its name now. Each name is asked for once, with the
 * logins that a pull would use; nothing is fetched. A registry that does not answer holds up no other.
 */
export async function findOutdated(
  context: FlowContext,
  names: readonly string[],
): Promise<Result<OutdatedReport>> {
  return attempt(async () => {
    const { instances } = await namedInstances(context, names);
    const asked = new Map(instances.filter(isAsked).map((each) => [keyOf(each), each]));
    const published = new Map<string, Published>();
    const queue = [...asked];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [key, { engine, spec }] = next;
        published.set(
          key,
          await attempt(async () => (await context.host.engine(engine)).published(spec.image)),
        );
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, worker));
    const rows = await Promise.all(
      instances.map(async (each): Promise<OutdatedRow> => ({
        name: each.name,
        engine: each.engine,
        image: each.spec.image,
        age: await ageOf(context, each, published.get(keyOf(each))),
      })),
    );
    return { rows, failures: [...published.values()].flatMap((each) => (each.ok ? [] : each.failures)) };
  });
}

function keyOf({ engine, spec }: Instance): string {
  return `${engine} ${spec.image}`;
}

function isPinned({ spec }: Instance): boolean {
  const reference = parseImageReference(spec.image);
  return reference.ok && (reference.value.kind === 'id' || reference.value.digest !== null);
}

function isAsked(instance: Instance): boolean {
  return instance.image.digest !== null && !isPinned(instance);
}

async function ageOf(
  { host }: FlowContext,
  instance: Instance,
  published: Published | undefined,
): Promise<ImageAge> {
  if (published === undefined) return isPinned(instance) ? 'pinned' : 'local';
  if (!published.ok || published.value === null) return 'unknown';
  const { id, digest } = instance.image;
  const local = await (await host.engine(instance.engine)).image(id);
  // An image that is gone from the engine had at least the digest that it was fetched by.
  const own = [id, ...(local?.digests ?? []), ...(digest === null ? [] : [digest])];
  const digests = new Set(own.map((each) => each.replace(/^.*@/, '')));
  return published.value.some((each) => digests.has(each)) ? 'current' : 'outdated';
}
