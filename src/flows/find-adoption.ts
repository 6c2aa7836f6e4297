import type { AdoptedRecord } from '../core/model/adopted.ts';
import { readAdopted } from '../observe/adopted.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';

/** A container that is there, with the record of its adoption. */
export interface Adoption {
  readonly record: AdoptedRecord;
  /** What the engine calls it now. */
  readonly container: EngineContainer;
}

/** All whose containers are there; one that was begun and not brought to its end has a record that is not settled. */
export async function findAdoptions({ host }: FlowContext): Promise<readonly Adoption[]> {
  const records = await readAdopted(host.files);
  if (records.length === 0) return [];
  const containers = new Map(
    (await (await host.engine('docker')).everyContainer()).map((each) => [each.id, each]),
  );
  return records.flatMap((record) => {
    const container = containers.get(record.id);
    return container === undefined ? [] : [{ record, container }];
  });
}

/**
 * The one that a person means by a name: what its engine calls it now, else what it was called before, unless another
 * container has that name by now.
 */
export async function findAdoption(context: FlowContext, name: string): Promise<Adoption | null> {
  const all = await findAdoptions(context);
  const called = all.find(({ container }) => container.name === name);
  const former = all.find(({ record }) => record.formerName === name);
  if (called !== undefined || former === undefined) return called ?? null;
  for (const kind of (await context.host.facts()).engines)
    if ((await (await context.host.engine(kind)).container(name)) !== null) return null;
  return former;
}
