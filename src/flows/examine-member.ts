import { runningDifferences } from '../core/descriptor/adopt/running-differences.ts';
import { adoptedPath, type AdoptedRecord, parseAdopted } from '../core/model/adopted.ts';
import { formName } from '../core/model/container-name.ts';
import type { Instance } from '../core/model/instance.ts';
import { unitName } from '../core/model/unit-names.ts';
import { FailureError } from '../errors/failure.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { AdoptedContainer } from '../report/values-of-adoption.ts';
import { adoptedRecord } from './adopted-container.ts';
import type { FlowContext } from './context.ts';
import { inspectIn } from './inspect-one.ts';
import type { Desire } from './planning.ts';

/** A container of a running project, and the form that it is to be. */
export interface Member {
  readonly instance: Instance;
  readonly record: AdoptedRecord;
  readonly plan: AdoptedContainer;
}

/** Compares what runs with what the file says of it. FailureError UNSUPPORTED where they are not the same. */
export async function examineMember(
  context: FlowContext,
  instance: Instance,
  container: EngineContainer,
  { environments }: Desire,
): Promise<Member> {
  const { engine, name } = instance;
  const found = await inspectIn(context, engine, container.id);
  const environment = environments.get(instance.environmentFile ?? '') ?? {};
  const { differences, notes } = runningDifferences(instance, environment, found);
  if (differences.length > 0)
    throw new FailureError({
      code: 'UNSUPPORTED',
      message: `${container.name} is not what the file says of ${instance.container}: it has ${differences.join('; ')}`,
      next: 'bring it up to date first: docker compose up -d; or let gear make it anew: docker compose down, gear apply',
      subject: name,
    });
  const form = formName(instance);
  // One that was begun before has its former name in its record.
  const begun = parseAdopted(form, await context.host.files.read(adoptedPath(form)));
  const record =
    begun !== null && begun.id === container.id && begun.hash === instance.hash && !begun.settled
      ? begun
      : adoptedRecord(instance, {
          id: container.id,
          formerName: container.name,
          formerRestart: found.HostConfig.RestartPolicy?.Name ?? 'no',
        });
  return {
    instance,
    record,
    plan: {
      ...{ name, engine, from: record.formerName, unit: unitName(name), formerUnit: null },
      restarts: engine === 'podman',
      pid: found.State.Pid,
      notes,
    },
  };
}
