import { FailureError } from '../errors/failure.ts';
import type { OfferedKey } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import { locked } from './locked.ts';

/** Gives the host the key that was offered before somebody was asked. MOVED_ON where another command made one since. */
export async function keepOffered(context: FlowContext, offered: OfferedKey): Promise<void> {
  if (offered.isKept) return;
  await locked(context, async ({ host }) => {
    if (!(await host.offerSecretKey()).isKept) return offered.keep();
    throw new FailureError({
      code: 'MOVED_ON',
      message: 'another command has made the key of this host meanwhile, which names what has secrets',
      next: 'run the same command again',
    });
  });
}
