import { Flags } from '@oclif/core';
import { FailureError } from '../errors/failure.ts';
import type { LabelCaller } from '../flows/label-install.ts';
import { printLabels } from '../report/labels.ts';
import type { ShownLabel } from '../report/values-of-labels.ts';
import { confirmText } from './confirm-text.ts';
import { errorStyle } from './error-style.ts';
import { isHere, type Target } from './targets.ts';
import { workingFolder } from './working-folder.ts';

/** For the commands that follow labels of images. */
export const labelFlags = {
  'use-labels': Flags.boolean({ description: 'Follow the labels INSTALL, RUN and UNINSTALL of the image' }),
  yes: Flags.boolean({ char: 'y', description: 'Do not ask before labels are followed' }),
};

/** Who calls, as atomic(1) told labels: the user behind sudo, else of this process. */
export function labelCaller(): LabelCaller {
  const number = (text: string | undefined, own: number | undefined): string =>
    text !== undefined && /^\d{1,10}$/.test(text) ? text : String(own ?? 0);
  return {
    sudoUid: number(process.env['SUDO_UID'], process.getuid?.()),
    sudoGid: number(process.env['SUDO_GID'], process.getgid?.()),
    pwd: workingFolder(),
  };
}

/** Shows what labels ask for, on stderr, and asks unless --yes. FailureError USAGE where there is no terminal. */
export async function confirmLabels(
  image: string,
  labels: readonly ShownLabel[],
  { yes, command }: { readonly yes: boolean; readonly command: string },
): Promise<boolean> {
  const text = printLabels(image, labels, errorStyle());
  if (!yes) return confirmText(text, command);
  process.stderr.write(`${text}\n`);
  return true;
}

/** Labels are followed one container at a time, where a person can read them. FailureError USAGE. */
export function onlyHere(targets: readonly Target<unknown>[], names: readonly string[]): string {
  const [name] = names;
  const [target] = targets;
  if (
    names.length === 1 &&
    targets.length === 1 &&
    name !== undefined &&
    target !== undefined &&
    isHere(target)
  )
    return name;
  throw new FailureError({
    code: 'USAGE',
    message: '--use-labels is for one container of this machine',
    next: 'name one container; for another host: gear ssh HOST, and there the same command',
  });
}
