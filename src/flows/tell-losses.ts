import type { Loss } from '../core/descriptor/foreign/loss.ts';
import type { ReportedLoss } from '../report/values-of-plans.ts';
import type { FlowContext } from './context.ts';

/** Tells of each key of a file in another format that is not kept as it is, with its line, and what became of it. */
export function tellLosses({ emit }: Pick<FlowContext, 'emit'>, losses: readonly Loss[]): void {
  for (const loss of losses) {
    const { line } = loss.place;
    tell(emit, loss, line === undefined ? loss.key : `${loss.key} (line ${String(line)})`);
  }
}

/** The same of several files. */
export function tellLossesOf({ emit }: Pick<FlowContext, 'emit'>, losses: readonly Loss[] = []): void {
  for (const loss of losses) {
    const { source, line } = loss.place;
    tell(emit, loss, `${source}${line === undefined ? '' : `:${String(line)}`}: ${loss.key}`);
  }
}

function tell(emit: FlowContext['emit'], { verdict, words, next }: Loss, subject: string): void {
  if (verdict === 'kept') return;
  const advice = next === undefined ? '' : `; ${next}`;
  emit({
    type: verdict === 'refused' ? 'warning' : 'notice',
    subject,
    message: `${verdict}: ${words}${advice}`,
  });
}

/** The same as data, as reports have it: absent where all is kept. */
export function lossesIn({ losses = [] }: { readonly losses?: readonly Loss[] }): {
  readonly losses?: readonly ReportedLoss[];
} {
  if (losses.length === 0) return {};
  return { losses: losses.map(({ key, verdict, words, place }) => ({ key, verdict, words, place })) };
}
