import { labelVariables } from '../core/descriptor/docker-run/label-line.ts';
import { attempt, FailureError, ok, type Result } from '../errors/failure.ts';
import type { ShownLabel } from '../report/values-of-labels.ts';
import type { ChangeReport } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { labelOf, onceRequest, runLabel } from './image-labels.ts';
import type { RemoveInput } from './inputs.ts';
import type { LabelCaller } from './label-install.ts';
import { namedInstances } from './names.ts';
import { preflight } from './preflight.ts';
import { removeContainers } from './remove.ts';

/** `gear rm NAME --use-labels`. */
export interface LabelRemoveInput extends Omit<RemoveInput, 'names'> {
  readonly name: string;
  readonly caller: LabelCaller;
  readonly confirm: (image: string, labels: readonly ShownLabel[]) => Promise<boolean>;
}

/** Removes a container, and then runs LABEL UNINSTALL of its image. LABEL_INVALID, before anything is removed; LABEL_FAILED. */
export async function removeByLabels(
  context: FlowContext,
  { name: asked, caller, confirm, volumes }: LabelRemoveInput,
): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const { instances } = await namedInstances(context, [asked]);
    const [instance, ...others] = instances;
    if (instance === undefined || others.length > 0) {
      throw new FailureError({
        code: 'USAGE',
        message: '--use-labels is of one container',
        next: 'gear rm NAME --use-labels, for each of them',
      });
    }
    const { name, engine, image } = instance;
    const facts = await (await context.host.engine(engine)).image(image.id);
    const variables = labelVariables({ name, image: image.reference }, caller);
    const label = labelOf(facts?.config.labels ?? {}, 'UNINSTALL', variables);
    if (label === null) {
      throw new FailureError({
        code: 'LABEL_INVALID',
        message: `the image of ${name}, ${image.reference}, has no LABEL UNINSTALL`,
        next: `leave --use-labels out: gear rm ${name}`,
        subject: name,
      });
    }
    onceRequest(label.line, 'uninstall');
    return { name, engine, label, agreed: await confirm(image.reference, [label.shown]) };
  });
  if (!prepared.ok) return prepared;
  const { name, engine, label, agreed } = prepared.value;
  if (!agreed) return ok({ generation: null, instances: [], declined: true });
  const removed = await removeContainers(context, { names: [name], volumes });
  if (!removed.ok) return removed;
  const ran = await attempt(() => runLabel(context, label, name, engine));
  return ran.ok ? removed : ran;
}
