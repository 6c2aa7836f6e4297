import { type Failure, FailureError } from '../errors/failure.ts';
import { hashOf } from '../core/model/hash.ts';
import { paths } from '../core/model/paths.ts';
import {
  type CustomTemplate,
  customTemplate,
  templateEnding,
} from '../core/render/custom/custom-template.ts';
import { shippedTemplates, type Templates } from '../core/render/template.ts';
import type { Files } from '../ports/files.ts';

/** The templates that a host has of its own, by name. FailureError TEMPLATE_INVALID for a file that is none. */
export async function hostTemplates(files: Files): Promise<readonly CustomTemplate[]> {
  const entries = await files.list(paths.templates);
  const named = entries.filter(({ name, kind }) => name.endsWith(templateEnding) && kind !== 'directory');
  const failures: Failure[] = [];
  const found = await Promise.all(
    named.map(async ({ name }) => {
      const source = `${paths.templates}/${name}`;
      const template = customTemplate(source, (await files.read(source)) ?? new Uint8Array());
      if (!template.ok) failures.push(...template.failures);
      return template.ok ? [template.value] : [];
    }),
  );
  if (failures.length > 0) throw new FailureError(...failures);
  return found.flat();
}

/** What units are rendered with: the given templates before the host's own before the shipped ones. */
export interface ChosenTemplates {
  readonly custom: readonly CustomTemplate[];
  /** Given ones that the host does not have, or not like this: they are put there. */
  readonly given: readonly CustomTemplate[];
  readonly templates: Templates;
  /** Name → hash of the text of each that is not the shipped one. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Chooses and compiles. FailureError TEMPLATE_INVALID with every mistake. */
export async function chooseTemplates(
  files: Files,
  given: readonly CustomTemplate[] = [],
): Promise<ChosenTemplates> {
  const own = await hostTemplates(files);
  const names = new Set(given.map(({ name }) => name));
  const custom = [...given, ...own.filter(({ name }) => !names.has(name))];
  return {
    custom,
    given: given.filter(({ name, text }) => own.find((each) => each.name === name)?.text !== text),
    templates: await compiled(custom),
    hashes: Object.fromEntries(custom.map(({ name, text }) => [name, hashOf(text)])),
  };
}

/** The compiler is loaded only where somebody has a template. FailureError TEMPLATE_INVALID. */
export async function compiled(custom: readonly CustomTemplate[]): Promise<Templates> {
  if (custom.length === 0) return shippedTemplates;
  const { withCustomTemplates } = await import('../core/render/custom/templates.ts');
  const result = withCustomTemplates(custom);
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}
