import { mergeRunLine } from '../core/descriptor/docker-run/merge-run.ts';
import {
  findLabel,
  type LabelName,
  type LabelVariables,
  readLabel,
} from '../core/descriptor/docker-run/label-line.ts';
import type { RunLine } from '../core/descriptor/docker-run/read-run.ts';
import { parseInstall } from '../core/descriptor/parse-install.ts';
import type { ContainerRequest, EngineKind } from '../core/model/container.ts';
import { FailureError } from '../errors/failure.ts';
import type { Emit } from '../report/events.ts';
import type { ShownLabel } from '../report/values-of-labels.ts';
import type { FlowContext } from './context.ts';
import { runOnce } from './run-once.ts';

/** A label of an image that was read, and how it is shown before anything is done. */
export interface ReadImageLabel {
  readonly line: RunLine;
  readonly shown: ShownLabel;
}

/** The label with its variables filled in; null where the image has none. FailureError LABEL_INVALID. */
export function labelOf(
  labels: Readonly<Record<string, string>>,
  label: LabelName,
  variables: LabelVariables,
): ReadImageLabel | null {
  const text = findLabel(labels, label);
  if (text === null) return null;
  const line = readLabel(label, text, variables);
  if (!line.ok) throw new FailureError(...line.failures);
  return { line: line.value.run, shown: { label, words: line.value.words } };
}

/** The container that runs a label once. FailureError where the line states one that cannot be. */
export function onceRequest(line: RunLine, name: string): ContainerRequest {
  const merged = mergeRunLine({ words: [name], flags: {} }, line);
  const requests = parseInstall(merged, { environment: {}, directory: '/', files: {} });
  if (!requests.ok) throw new FailureError(...requests.failures);
  const [request] = requests.value;
  if (request === undefined) throw new Error('one name gives one container');
  return request;
}

/** Runs a label to its end, with what it writes on stderr. FailureError LABEL_FAILED for another end than 0. */
export async function runLabel(
  context: FlowContext,
  { line, shown }: ReadImageLabel,
  name: string,
  engine: EngineKind,
): Promise<void> {
  tell(context.emit, shown, name);
  const { clock, pid } = context;
  // As `gear run` names what it runs: another container may be called NAME-install.
  const own = `${shown.label.toLowerCase()}-${clock.nowMs().toString(36)}-${String(pid)}`;
  const request = onceRequest(line, own);
  const report = await runOnce(context, { request, engine, pull: 'missing', terminal: false, quiet: true });
  if (!report.ok) throw new FailureError(...report.failures);
  const { exitStatus } = report.value;
  if (exitStatus === 0) return;
  throw new FailureError({
    code: 'LABEL_FAILED',
    message: `LABEL ${shown.label} of the image of ${name} ended with status ${String(exitStatus)}`,
    next: 'what it wrote stands above; mend that, and run the same command again',
    subject: name,
  });
}

function tell(emit: Emit, { label }: ShownLabel, name: string): void {
  emit({ type: 'notice', subject: name, message: `running LABEL ${label} of its image` });
}
