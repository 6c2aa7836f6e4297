import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';

/** Reads KEY=VALUE; a label may stand without its value, which is then empty. VALUE_INVALID otherwise. */
export function keyValue(what: string, form: string, bare: 'empty' | 'refused' = 'refused') {
  return (text: string): Result<string> => {
    const at = text.indexOf('=');
    const key = at === -1 ? text : text.slice(0, at);
    const unfit = key === '' || /[\s\p{Cc}"'\\]/u.test(key) || /[\p{Cc}]/u.test(text);
    if (unfit || (at === -1 && bare === 'refused'))
      return refuse('VALUE_INVALID', `${quote(text)} is not ${what}`, `write it as ${form}`);
    return ok(at === -1 ? `${text}=` : text);
  };
}

const label = keyValue('a label', 'team=shop', 'empty');

/** A label, which may not be one of those that gear finds its own containers by. VALUE_INVALID otherwise. */
export function parseLabel(text: string): Result<string> {
  if (/^gear\./.test(text))
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} begins as gear's own labels do`,
      'choose another beginning',
    );
  return label(text);
}
