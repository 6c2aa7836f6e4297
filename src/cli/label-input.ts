import { type FlagValues, valuesOf } from '../core/descriptor/collect-changes.ts';
import type { CommandLine } from '../core/descriptor/parse-install.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import { FailureError } from '../errors/failure.ts';
import type { LabelInstallInput } from '../flows/label-install.ts';
import { confirmLabels, labelCaller, onlyHere } from './label-options.ts';
import { readSurroundings } from './surroundings.ts';
import { targetsOf } from './targets.ts';
import { readTemplates } from './templates-flag.ts';
import { pullPolicy, waitOptions } from './wait-options.ts';

/** The words of a line of install, and what stood behind `--`. */
export type Line = Omit<CommandLine, 'flags'>;

/** The flags that matter beside those of the container. */
export type LabelLineFlags = FlagValues & {
  readonly engine?: EngineKind | undefined;
  readonly pull: string;
  readonly yes: boolean;
  readonly 'no-start': boolean;
  readonly 'no-wait': boolean;
  readonly timeout: string;
  readonly host?: readonly string[] | undefined;
  readonly templates?: string | undefined;
  readonly 'from-run'?: string | undefined;
};

/** What a line of install with --use-labels asks for. FailureError USAGE. */
export async function labelInstallInput(
  line: Line,
  flags: LabelLineFlags,
): Promise<{ readonly input: LabelInstallInput; readonly templates: readonly CustomTemplate[] }> {
  const [image, ...others] = line.words;
  const names = others.filter((word) => !word.includes('='));
  if (flags['from-run'] !== undefined || image === undefined || names.length === 0) {
    throw new FailureError({
      code: 'USAGE',
      message:
        flags['from-run'] === undefined
          ? 'the image and the name are missing'
          : '--from-run and --use-labels both state the container',
      next: 'gear install IMAGE NAME --use-labels',
    });
  }
  const name = onlyHere(await targetsOf(names, flags.host), names);
  const { engine, yes } = flags;
  const command = `install ${image} ${name} --use-labels`;
  const input: LabelInstallInput = {
    image,
    name,
    pairs: others.filter((word) => word.includes('=')),
    flags,
    ...(line.command === undefined ? {} : { command: line.command }),
    surroundings: await readSurroundings(valuesOf(flags, 'env-file')),
    caller: labelCaller(),
    ...(engine === undefined ? {} : { engine }),
    pull: pullPolicy(flags.pull),
    start: !flags['no-start'],
    ...waitOptions(flags),
    confirm: (labels) => confirmLabels(image, labels, { yes, command }),
  };
  return { input, templates: await readTemplates(flags.templates) };
}
