import { FailureError } from '../errors/failure.ts';
import type { Engine, ImageFacts } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';

/** Less free space than this is no place to bring an image to: dockerd itself misbehaves on a full disk. */
const leastFreeBytes = 256 * 1024 * 1024;

/** FailureError DISK_FULL where the engine has hardly any room for another image. */
export async function checkRoom(context: FlowContext, engine: Engine, reference: string): Promise<void> {
  const { storagePath } = await engine.setup();
  const free = await context.host.files.freeBytes(storagePath);
  if (free >= leastFreeBytes) return;
  throw new FailureError({
    code: 'DISK_FULL',
    message: `${storagePath} has ${String(Math.floor(free / 1024 / 1024))} MB free; pulling ${reference} needs at least ${String(leastFreeBytes / 1024 / 1024)} MB`,
    next: `see what can go: ${engine.kind} system df; df -h ${storagePath}`,
    subject: reference,
  });
}

/** FailureError IMAGE_PLATFORM for an image that the host does not run. */
export async function checkPlatform(engine: Engine, facts: ImageFacts, reference: string): Promise<void> {
  const { architecture } = await engine.facts();
  if (facts.architecture === '' || facts.architecture === architecture) return;
  throw new FailureError({
    code: 'IMAGE_PLATFORM',
    message: `${reference} was built for ${facts.architecture}; this host runs ${architecture}`,
    next: `use an image for ${architecture}`,
    subject: reference,
  });
}
