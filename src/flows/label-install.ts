import type { FlagValues } from '../core/descriptor/collect-changes.ts';
import { mergeRunLine } from '../core/descriptor/docker-run/merge-run.ts';
import { labelVariables } from '../core/descriptor/docker-run/label-line.ts';
import { type CommandLine, parseInstall } from '../core/descriptor/parse-install.ts';
import type { Surroundings } from '../core/descriptor/spec-change.ts';
import { parseImage } from '../core/descriptor/words.ts';
import type { EngineKind } from '../core/model/container.ts';
import { attempt, FailureError, ok, type Result, valueOf } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { ShownLabel } from '../report/values-of-labels.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine } from './engines.ts';
import { labelOf, onceRequest, runLabel } from './image-labels.ts';
import { resolveImage } from './images.ts';
import type { PullPolicy, WaitOptions } from './inputs.ts';
import { install } from './install.ts';
import { preflight } from './preflight.ts';

/** Who calls gear, as labels may name it. */
export type LabelCaller = Parameters<typeof labelVariables>[1];

/** `gear install IMAGE NAME --use-labels`. */
export interface LabelInstallInput extends WaitOptions {
  readonly image: string;
  readonly name: string;
  /** KEY=VALUE words, flags and command, which hold beside and over those of LABEL RUN. */
  readonly pairs: readonly string[];
  readonly flags: FlagValues;
  readonly command?: readonly string[];
  readonly surroundings: Surroundings;
  readonly caller: LabelCaller;
  readonly engine?: EngineKind;
  readonly pull: PullPolicy;
  readonly start: boolean;
  /** Is shown what the labels ask for; false leaves everything. */
  readonly confirm: (labels: readonly ShownLabel[]) => Promise<boolean>;
}

/**
 * Installs a container as its image says: LABEL INSTALL runs once, and LABEL RUN is the line of docker run that states the
 * container. Both are read whole before either is followed. LABEL_INVALID, LABEL_FAILED.
 */
export async function installByLabels(
  context: FlowContext,
  input: LabelInstallInput,
): Promise<Result<ChangeReport>> {
  const prepared = await attempt(() => prepare(context, input));
  if (!prepared.ok) return prepared;
  const { requests, once, shown, engine } = prepared.value;
  if (!(await input.confirm(shown))) return ok({ generation: null, instances: [], declined: true });
  if (once !== null) {
    const ran = await attempt(() => runLabel(context, once, input.name, engine));
    if (!ran.ok) return ran;
  }
  const { pull, start, wait, timeoutMs } = input;
  // What was asked for is on the host by now.
  const again = pull === 'always' ? 'missing' : pull;
  return install(context, { requests, engine, pull: again, start, wait, timeoutMs });
}

async function prepare(context: FlowContext, input: LabelInstallInput) {
  await preflight(context);
  const { image, name, pairs, flags, command } = input;
  const reference = valueOf(parseImage(image));
  const manifest = await readCurrentManifest(context.host.files);
  const engine = await chooseEngine(context, input.engine, manifest, name);
  const { config } = await resolveImage(context, engine, reference, input.pull);
  const variables = labelVariables({ name, image: reference }, input.caller);
  const once = labelOf(config.labels, 'INSTALL', variables);
  const run = labelOf(config.labels, 'RUN', variables);
  if (once === null && run === null) {
    throw new FailureError({
      code: 'LABEL_INVALID',
      message: `${reference} has neither LABEL INSTALL nor LABEL RUN`,
      next: `leave --use-labels out: gear install ${image} ${name}`,
    });
  }
  // A mistake in what runs later is told before anything is done.
  if (once !== null) onceRequest(once.line, 'install');
  const given: CommandLine = {
    words: [name, ...pairs],
    flags,
    ...(command === undefined ? {} : { command }),
  };
  const stated = run === null ? { ...given, words: [image, ...given.words] } : mergeRunLine(given, run.line);
  const requests = valueOf(parseInstall(stated, input.surroundings));
  return {
    requests,
    once,
    engine,
    shown: [once, run].flatMap((each) => (each === null ? [] : [each.shown])),
  };
}
