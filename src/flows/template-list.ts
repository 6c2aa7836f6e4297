import { attempt, type Result } from '../errors/failure.ts';
import { hashOf } from '../core/model/hash.ts';
import { templateNames } from '../core/render/shipped.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { TemplateRow } from '../report/values-of-templates.ts';
import type { FlowContext } from './context.ts';
import { hostTemplates } from './templates.ts';

/** Every template with what units of the host are rendered from. */
export async function listTemplates({ host }: FlowContext): Promise<Result<readonly TemplateRow[]>> {
  return attempt(async () => {
    const own = await hostTemplates(host.files);
    const used = (await readCurrentManifest(host.files))?.templates ?? {};
    return templateNames.map((name): TemplateRow => {
      const found = own.find((each) => each.name === name);
      const hash = found === undefined ? undefined : hashOf(found.text);
      return {
        name,
        source: found?.source ?? null,
        waits: used[name] !== hash,
      };
    });
  });
}
