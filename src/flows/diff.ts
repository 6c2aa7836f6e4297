import { type AppDifference, compareApps } from '../core/descriptor/diff/compare-apps.ts';
import type { AppRequest } from '../core/model/app.ts';
import { attempt, type Result } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { readRunningApp } from './running-app.ts';

/** One side of a comparison: an app that was read, or the name of one that runs here. */
export type DiffSide = AppRequest | string;

/** How two apps differ in what they mean. A descriptor that names no engine means the one that a running app has. */
export async function diffApps(
  context: FlowContext,
  before: DiffSide,
  after: DiffSide,
): Promise<Result<AppDifference>> {
  return attempt(async () => {
    const [first, second] = await Promise.all([resolveSide(context, before), resolveSide(context, after)]);
    if (typeof before !== 'string' && typeof after !== 'string') return compareApps(first, second);
    const anyEngine = first.engine === undefined || second.engine === undefined;
    return compareApps(told(first, anyEngine), told(second, anyEngine));
  });
}

async function resolveSide(context: FlowContext, side: DiffSide): Promise<AppRequest> {
  return typeof side === 'string' ? (await readRunningApp(context, side)).request : side;
}

/** What a host can tell of an app: it keeps no options of volumes. */
function told({ engine, ...app }: AppRequest, anyEngine: boolean): AppRequest {
  return { ...app, ...(anyEngine || engine === undefined ? {} : { engine }), volumes: [] };
}
