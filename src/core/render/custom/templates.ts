import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import { shippedTemplates, type Template, type Templates } from '../template.ts';
import { type CustomTemplate, invalidTemplate } from './custom-template.ts';
import { compileTemplate } from './compile-template.ts';
import { missingLines } from './required-lines.ts';

/** The shipped templates with a user's in their places. TEMPLATE_INVALID with every mistake of all of them. */
export function withCustomTemplates(custom: readonly CustomTemplate[]): Result<Templates> {
  const failures: Failure[] = [];
  const compiled = custom.flatMap((each): (readonly [string, Template])[] => {
    const result = compileTemplate(each);
    if (!result.ok) failures.push(...result.failures);
    return result.ok ? [[each.name, checked(each, result.value)]] : [];
  });
  if (failures.length > 0) return err(...failures);
  return ok({ ...shippedTemplates, ...(Object.fromEntries(compiled) as Partial<Templates>) });
}

/** The template, refusing what leaves out a line that gear's supervision stands on. */
function checked(custom: CustomTemplate, template: Template): Template {
  return (view) => {
    const [rendered, shipped] = [template(view), shippedTemplates[custom.name](view)];
    if (!rendered.ok || !shipped.ok) return rendered;
    const [missing, ...others] = missingLines(shipped.value, rendered.value);
    if (missing === undefined) return rendered;
    const more = others.length === 0 ? '' : `, and ${String(others.length)} more`;
    const text = missing.text.length > 60 ? `${missing.text.slice(0, 60)}…` : missing.text;
    return err(
      invalidTemplate(
        custom.source,
        `it leaves out or changes ${text} of [${missing.section}]${more}, which gear depends on`,
        `take the line over as it is: gear template show ${custom.name}`,
      ),
    );
  };
}
