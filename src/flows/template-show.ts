import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { paths } from '../core/model/paths.ts';
import { unknownTemplate } from '../core/render/custom/custom-template.ts';
import { templateNames } from '../core/render/shipped.ts';
import { templateTexts } from '../core/render/shipped-texts.ts';
import type { TemplateText } from '../report/values-of-templates.ts';
import type { FlowContext } from './context.ts';

/** The text of a template: the host's own where it has one and `shipped` is false. TEMPLATE_INVALID for an unknown name. */
export async function showTemplate(
  { host }: FlowContext,
  { name: asked, shipped }: { readonly name: string; readonly shipped: boolean },
): Promise<Result<TemplateText>> {
  return attempt(async () => {
    const name = templateNames.find((each) => each === asked || each.startsWith(`${asked}.`));
    if (name === undefined) throw new FailureError(unknownTemplate(asked));
    const source = `${paths.templates}/${name}`;
    const content = shipped ? null : await host.files.read(source);
    // A shell that is to send this text into the file has made it empty before.
    if (content === null || content.length === 0) return { name, source: null, text: templateTexts[name] };
    return { name, source, text: new TextDecoder().decode(content) };
  });
}
