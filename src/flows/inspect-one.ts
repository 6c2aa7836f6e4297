import { FailureError } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { type InspectedContainer, inspectedContainer } from '../core/descriptor/adopt/inspected.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';

/** A container of whichever engine has it, by its name, with what it was made with. FailureError NAME_UNKNOWN. */
export async function inspectOne(
  context: FlowContext,
  name: string,
): Promise<{ readonly engine: EngineKind; readonly found: InspectedContainer }> {
  const { engines } = await context.host.facts();
  for (const kind of engines) {
    if ((await (await context.host.engine(kind)).container(name)) === null) continue;
    return { engine: kind, found: await inspectIn(context, kind, name) };
  }
  throw new FailureError({
    code: 'NAME_UNKNOWN',
    message: `no engine of this host has a container ${quote(name)}`,
    next: `${engines[0] ?? 'docker'} ps`,
    subject: name,
  });
}

/** A container of an engine, with what it was made with. FailureError ENGINE_FAILED. */
export async function inspectIn(
  context: FlowContext,
  kind: EngineKind,
  name: string,
): Promise<InspectedContainer> {
  const text = await askEngine(context, kind, `inspect ${name}`, ['container', 'inspect', name]);
  const parsed = inspectedContainer.safeParse((JSON.parse(text) as readonly unknown[])[0]);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FailureError({
    code: 'ENGINE_FAILED',
    message: `${kind} describes ${name} in a way that gear cannot read: ${issue?.path.join('.') ?? ''}`,
    next: `install it anew: gear install --from-run '${kind} run …' ${name}`,
    subject: name,
  });
}
