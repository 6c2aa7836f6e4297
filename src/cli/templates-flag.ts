import path from 'node:path';
import { Flags } from '@oclif/core';
import {
  type CustomTemplate,
  customTemplate,
  templateEnding,
} from '../core/render/custom/custom-template.ts';
import { type Failure, FailureError } from '../errors/failure.ts';
import { localFolder, localSource } from './context.ts';

/** For every command that changes what is rendered. */
export const templatesFlag = {
  templates: Flags.string({
    description: 'Folder of templates for this host, which are put into its /etc/gear/templates',
    helpValue: 'FOLDER',
  }),
};

/** A template may be no larger; customTemplate says so of what is just above it. */
const mostBytes = 1_048_576;

/** The templates of a folder that a flag names. FailureError TEMPLATE_INVALID. */
export async function readTemplates(folder: string | undefined): Promise<readonly CustomTemplate[]> {
  if (folder === undefined) return [];
  const names = await localFolder(path.resolve(folder));
  const found = (names ?? []).filter((name) => name.endsWith(templateEnding));
  if (found.length === 0) {
    throw new FailureError({
      code: 'TEMPLATE_INVALID',
      message: names === null ? `${folder} is no folder` : `${folder} has no templates`,
      next: `begin with one: gear template show container-docker.service.hbs > ${folder}/container-docker.service.hbs`,
      place: { source: folder },
    });
  }
  return readTemplateFiles(found.map((name) => path.join(folder, name)));
}

/** The templates in files of this machine. FailureError TEMPLATE_INVALID with every mistake. */
function readTemplateFiles(files: readonly string[]): readonly CustomTemplate[] {
  const failures: Failure[] = [];
  const templates = files.flatMap((file) => {
    const read = localSource(path.resolve(file), mostBytes);
    const result = 'problem' in read ? unreadable(file, read.problem) : customTemplate(file, read.bytes);
    if (!result.ok) failures.push(...result.failures);
    return result.ok ? [result.value] : [];
  });
  if (failures.length > 0) throw new FailureError(...failures);
  return templates;
}

function unreadable(
  file: string,
  problem: string,
): { readonly ok: false; readonly failures: readonly Failure[] } {
  const place = { source: file };
  return {
    ok: false,
    failures: [
      {
        code: 'TEMPLATE_INVALID',
        message: `${file} ${problem}`,
        next: 'name a file that can be read',
        place,
      },
    ],
  };
}

/** The templates that words name: files, and folders of them. FailureError TEMPLATE_INVALID. */
export async function givenTemplates(words: readonly string[]): Promise<readonly CustomTemplate[]> {
  const found = await Promise.all(
    words.map(async (word) =>
      (await localFolder(path.resolve(word))) === null ? readTemplateFiles([word]) : readTemplates(word),
    ),
  );
  return found.flat();
}
