import type { ForeignApp } from '../core/descriptor/foreign/foreign-app.ts';
import type { Loss, Verdict } from '../core/descriptor/foreign/loss.ts';
import { strictFailures } from '../core/descriptor/foreign/strict-failures.ts';
import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { Files } from '../ports/files.ts';
import type { FlowContext } from './context.ts';
import { tellLosses } from './tell-losses.ts';

/** `gear convert FILE…`. */
export interface ConvertInput {
  /** Read one after the other: what is left of one is gone before the next. */
  readonly apps: AsyncIterable<Result<ForeignApp>>;
  /** Fails where a key is not kept as it is. */
  readonly strict: boolean;
  /** Whether every key and the descriptor as data are asked for; else what is not kept, and the text. */
  readonly whole: boolean;
  /** The absolute path of a folder for the descriptors; absent: the value alone. */
  readonly out?: string;
}

/** A file of another format as a native descriptor. */
export interface Converted {
  readonly app: string;
  readonly source: string;
  /** Absent where it was not asked for. */
  readonly descriptor?: unknown;
  /** What became of each key, or of each that is not kept. */
  readonly losses: readonly Loss[];
  /** The descriptor as YAML, with comments where something changed. */
  readonly text: string;
}

/** All of them, and how many keys cannot be had. */
export interface ConvertReport {
  readonly apps: readonly Converted[];
  readonly refused: number;
  /** The folder that they were written into, each under the name of its app. */
  readonly out: string | null;
}

type Context = Pick<FlowContext, 'emit'> & { readonly host: { readonly files: Pick<Files, 'writeInto'> } };

/**
 * Makes the native form of each app, and tells of every key that is not kept. Fails with what is wrong in any of them,
 * and writes files when all are converted.
 */
export function convert({ emit, host }: Context, input: ConvertInput): Promise<Result<ConvertReport>> {
  const { strict, out, whole } = input;
  return attempt(async () => {
    const { convertText } = await import('../core/descriptor/foreign/convert-text.ts');
    const apps: Converted[] = [];
    const failures: Failure[] = [];
    for await (const read of input.apps) {
      const lost = read.ok ? read.value.losses.filter(({ verdict }) => verdict !== 'kept') : [];
      if (!read.ok) failures.push(...read.failures);
      else if (strict && lost.length > 0) failures.push(...strictFailures(lost));
      else {
        const { document, losses } = read.value;
        tell(emit, read.value, lost);
        const { descriptor, text } = convertText(read.value);
        const named = { app: nameOf(read.value), source: document.source, text };
        // The rest holds on to the whole reading, which is as long as all the files.
        apps.push(whole ? { ...named, losses, descriptor } : { ...named, losses: lost });
      }
    }
    if (out !== undefined) failures.push(...sameNames(apps));
    // What is wrong with a .env is told once, not for each app beside it.
    if (failures.length > 0) throw new FailureError(...new Set(failures));
    if (out !== undefined)
      await host.files.writeInto(
        out,
        apps.map(({ app, text }) => ({ path: `${app}.yaml`, content: text, mode: 0o644 })),
      );
    const refused = apps.reduce((sum, { losses }) => sum + countOf(losses, 'refused'), 0);
    return { apps, refused, out: out ?? null };
  });
}

function tell(emit: FlowContext['emit'], { document, losses }: ForeignApp, lost: readonly Loss[]): void {
  tellLosses({ emit }, lost);
  emit({
    type: 'notice',
    subject: document.source,
    message: `${String(losses.length - lost.length)} keys kept, ${String(countOf(lost, 'approximated'))} approximated, ${String(countOf(lost, 'refused'))} refused`,
  });
}

function countOf(losses: readonly Loss[], verdict: Verdict): number {
  let count = 0;
  for (const loss of losses) if (loss.verdict === verdict) count += 1;
  return count;
}

/** Two apps of one name would be written into one file. */
function sameNames(apps: readonly Converted[]): readonly Failure[] {
  const first = new Map<string, string>();
  return apps.flatMap(({ app, source }): readonly Failure[] => {
    const other = first.get(app);
    first.set(app, other ?? source);
    if (other === undefined) return [];
    return [
      {
        code: 'NAME_INVALID',
        message: `${other} and ${source} are both the app ${app}, and would be one file`,
        next: 'give one of them another name: at its top level',
        place: { source },
      },
    ];
  });
}

/** Every reader names its app. */
function nameOf({ document }: ForeignApp): string {
  return String((document.value as { readonly name?: unknown }).name);
}
