import type { ForeignApp } from '../core/descriptor/foreign/foreign-app.ts';
import type { Loss, Verdict } from '../core/descriptor/foreign/loss.ts';
import { strictFailures } from '../core/descriptor/foreign/strict-failures.ts';
import { err, ok, type Result } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { tellLosses } from './tell-losses.ts';

/** A file of another format as a native descriptor. */
export interface Converted {
  readonly descriptor: unknown;
  /** What became of each key. */
  readonly losses: readonly Loss[];
  readonly refused: number;
  /** The descriptor as YAML, with comments where something changed. */
  readonly text: string;
}

/** Writes the native form, and tells of every key that is not kept. `strict`: fails where there is one. */
export async function convert(
  { emit }: Pick<FlowContext, 'emit'>,
  app: ForeignApp,
  strict: boolean,
): Promise<Result<Converted>> {
  const { document, losses } = app;
  const count = (verdict: Verdict): number => losses.filter((loss) => loss.verdict === verdict).length;
  const lost = losses.filter(({ verdict }) => verdict !== 'kept');
  if (strict && lost.length > 0) return err(...strictFailures(lost));
  tellLosses({ emit }, lost);
  emit({
    type: 'notice',
    subject: document.source,
    message: `${String(count('kept'))} keys kept, ${String(count('approximated'))} approximated, ${String(count('refused'))} refused`,
  });
  const { convertedValue } = await import('../core/descriptor/foreign/converted-value.ts');
  const { convertText } = await import('../core/descriptor/foreign/convert-text.ts');
  return ok({ descriptor: convertedValue(app), losses, refused: count('refused'), text: convertText(app) });
}
