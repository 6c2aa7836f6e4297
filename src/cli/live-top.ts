import { topScreen, type TopOrder } from '../report/top.ts';

/** The screen for `gear top`; null where it looks once. */
export function liveTop(order: TopOrder, once: boolean): ReturnType<typeof topScreen> | null {
  return once || !process.stdout.isTTY ? null : topScreen(process.stdout, order);
}
