import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { templateNames, type TemplateName } from '../shipped.ts';

/** A user's template: which it stands for, where it lies, and its text. */
export interface CustomTemplate {
  readonly name: TemplateName;
  readonly source: string;
  readonly text: string;
}

/** The ending of templates: other files beside them are nobody's business. */
export const templateEnding = '.hbs';

/** More than any unit needs. */
const longestTemplate = 262_144;

/** A file as a template, by its name. TEMPLATE_INVALID for a name that gear renders nothing from, and for what is no text. */
export function customTemplate(source: string, content: Uint8Array): Result<CustomTemplate> {
  const file = source.slice(source.lastIndexOf('/') + 1);
  const name = templateNames.find((each) => each === file);
  if (name === undefined) return err(unknownTemplate(file, source));
  if (content.length === 0) {
    return err(invalidTemplate(source, 'it is empty', `begin with: gear template show ${name} --shipped`));
  }
  if (content.length > longestTemplate) {
    return err(invalidTemplate(source, 'it is larger than 256 KiB', 'make it shorter'));
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return ok({ name, source, text });
  } catch {
    return err(invalidTemplate(source, 'it is not UTF-8 text', 'save it as UTF-8'));
  }
}

/** There is no such template. */
export function unknownTemplate(file: string, source?: string): Failure {
  const near = nearest(file, templateNames);
  return {
    code: 'TEMPLATE_INVALID',
    message: `no unit is rendered from a template named ${quote(file)}`,
    next: near === undefined ? 'gear template ls lists the names' : `did you mean ${near}?`,
    ...(source === undefined ? {} : { place: { source } }),
  };
}

/** A mistake in a template, at a line and column where they are known. */
export function invalidTemplate(
  source: string,
  message: string,
  next: string,
  at: { readonly line?: number; readonly column?: number; readonly text?: string } = {},
): Failure {
  return { code: 'TEMPLATE_INVALID', message, next, place: { source, ...at } };
}
