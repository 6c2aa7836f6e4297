import { attempt } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** What fails of the way back is told, and keeps nothing else from going back. */
export async function orTell(
  { emit }: Pick<FlowContext, 'emit'>,
  subject: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const done = await attempt(work);
  if (done.ok) return;
  for (const { message, next } of done.failures)
    emit({ type: 'warning', subject, message: `${message}; ${next}` });
}
