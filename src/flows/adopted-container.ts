import { attempt } from '../errors/failure.ts';
import { adoptedPath, type AdoptedRecord, adoptedText } from '../core/model/adopted.ts';
import { containerName, formName } from '../core/model/container-name.ts';
import type { Instance } from '../core/model/instance.ts';
import { readAdopted } from '../observe/adopted.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { orTell } from './or-tell.ts';

/** What a container of Docker was before it becomes a form of an instance. */
interface Former {
  readonly id: string;
  readonly formerName: string;
  /** The engine's restart policy; '' is none. */
  readonly formerRestart: string;
}

/** The record of a container that is to be this form of the instance. */
export function adoptedRecord(instance: Instance, { id, formerName, formerRestart }: Former): AdoptedRecord {
  const { app, name, hash } = instance;
  const [container, called] = [formName(instance), containerName(instance)];
  return {
    ...{ container, id, engine: 'docker', app, name, hash, ...(called === container ? {} : { called }) },
    ...{ settled: false, formerName, formerRestart: formerRestart === '' ? 'no' : formerRestart },
  };
}

/**
 * Docker: the container runs on under the name of the form, or under its own where that was asked for, and the engine no
 * longer restarts it. May be repeated.
 */
export async function takeName(context: FlowContext, record: AdoptedRecord): Promise<void> {
  const { id, formerName, container, called = container } = record;
  const { onEffect, host } = context;
  await write(context, record);
  onEffect?.();
  await askEngine(context, 'docker', `change the restart policy of ${formerName}`, [
    ...['update', '--restart=no', id],
  ]);
  onEffect?.();
  const docker = await host.engine('docker');
  const names = await Promise.all([container, called].map((name) => docker.container(name)));
  if (!names.some((each) => each?.id === id)) {
    await askEngine(context, 'docker', `rename ${formerName}`, ['rename', id, container]);
    onEffect?.();
  }
  // One that was begun under another name of gear's, or of another form.
  for (const other of await readAdopted(host.files))
    if (other.id === id && other.container !== container)
      await host.files.remove(adoptedPath(other.container));
}

/** The adoption is through: the container is gear's as any other. */
export function settle(context: FlowContext, record: AdoptedRecord): Promise<void> {
  return write(context, { ...record, settled: true });
}

/**
 * Whether what an adoption broke off for may go back to its former owner: what is declared is gear's, and has but this one
 * owner; the next try goes on from there. False where nobody can tell.
 */
export async function areUndeclared({ host }: FlowContext, names: readonly string[]): Promise<boolean> {
  const current = await attempt(() => readCurrentManifest(host.files));
  return current.ok && !(current.value?.instances ?? []).some(({ name }) => names.includes(name));
}

/** After a failure: its name, its restart policy, and that it runs. Each may be so already; what cannot be is told. */
export async function giveBack(context: FlowContext, record: AdoptedRecord): Promise<void> {
  const { id, formerName, formerRestart } = record;
  const ask = (args: readonly string[]): Promise<string> =>
    askEngine(context, 'docker', `give ${formerName} back`, args);
  // It fails of a container that has the name still.
  await attempt(() => ask(['rename', id, formerName]));
  await orTell(context, formerName, () => ask(['update', `--restart=${formerRestart}`, id]));
  await orTell(context, formerName, () => ask(['start', id]));
  await context.host.files.remove(adoptedPath(record.container));
}

function write({ host }: FlowContext, record: AdoptedRecord): Promise<void> {
  return host.files.write(adoptedPath(record.container), adoptedText(record), 0o644);
}
