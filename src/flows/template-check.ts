import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { engineKinds } from '../core/model/engine-kind.ts';
import type { Instance } from '../core/model/instance.ts';
import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import { sampleDependencies, sampleInstances, sampleTarget } from '../core/render/custom/samples.ts';
import { renderInstance } from '../core/render/render.ts';
import type { Templates } from '../core/render/template.ts';
import type { RenderedUnit } from '../core/render/unit.ts';
import { templateOf } from '../core/render/units-of.ts';
import type { TemplateCheck } from '../report/values-of-templates.ts';
import { mayManage } from '../ports/host.ts';
import type { FlowContext } from './context.ts';
import { compiled, hostTemplates } from './templates.ts';
import { verifyUnits } from './verify-units.ts';

/**
 * Looks for mistakes in templates, the given ones or else those of the host: renders containers of every kind with them,
 * and has the host's systemd read the units, where this user may. FailureError TEMPLATE_INVALID with every mistake.
 */
export async function checkTemplates(
  context: FlowContext,
  given: readonly CustomTemplate[] | null,
): Promise<Result<TemplateCheck>> {
  return attempt(async () => {
    const custom = given ?? (await hostTemplates(context.host.files));
    const templates = await compiled(custom);
    const manages = mayManage(await context.host.facts());
    const systemdVersion = manages ? await (await context.host.systemd()).version() : 252;
    const failures = new Map<string, Failure>();
    let units = 0;
    for (const engine of engineKinds) {
      for (const instance of sampleInstances(engine)) {
        const rendered = renderSample(instance, templates, systemdVersion);
        if (!rendered.ok) {
          for (const failure of rendered.failures) {
            const key = `${failure.place?.source ?? ''} ${String(failure.place?.line)}`;
            if (!failures.has(key)) failures.set(key, failure);
          }
          continue;
        }
        const concerned = rendered.value.filter(({ name }) =>
          custom.some((each) => each.name === templateOf(name, engine)),
        );
        units += concerned.length;
        const sample = { ...instance, spec: { ...instance.spec, directives: [] } };
        if (manages && concerned.length > 0)
          await verifyUnits(context, [sample], new Map([[sample.name, concerned]]), custom);
      }
    }
    if (failures.size > 0) throw new FailureError(...failures.values());
    return { templates: custom.map(({ source }) => source), units, verified: manages };
  });
}

function renderSample(
  instance: Instance,
  templates: Templates,
  systemdVersion: number,
): Result<readonly RenderedUnit[]> {
  const target = sampleTarget(instance.engine, systemdVersion);
  return renderInstance(instance, target, { dependencies: sampleDependencies, templates });
}
