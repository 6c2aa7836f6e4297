import type { EngineKind } from '../model/container.ts';

/**
 * Every effect that gear has on a host, once: kind → what it is done on. The union and the table of executors derive
 * from this map, so that an operation without an executor does not compile.
 */
export interface OperationFields {
  /** Writes the environment file of an instance. */
  'file.write': { readonly instance: string; readonly hash: string };
  /** Writes the content of a file of configuration. */
  'data.write': { readonly instance: string; readonly hash: string };
  /** Notes that a running container has to read its files again, for whoever finishes an interrupted command. */
  'reload.note': { readonly instance: string };
  /** Removes a network that is to be another one of the same name; what is stopped joins that when it starts. */
  'network.replace': { readonly engine: EngineKind; readonly network: string; readonly app: string };
  'network.ensure': { readonly engine: EngineKind; readonly network: string; readonly app: string };
  'image.tag': {
    readonly engine: EngineKind;
    readonly instance: string;
    readonly imageId: string;
    readonly tag: string;
  };
  /** Notes for the gate of an instance of Podman that its image and its name were seen: its next start need not ask. */
  'image.note': { readonly instance: string; readonly imageId: string };
  'volume.ensure': { readonly engine: EngineKind; readonly volume: string; readonly instance: string };
  'container.create': { readonly engine: EngineKind; readonly instance: string; readonly container: string };
  /** Puts a template that the command was given onto the host. */
  'template.write': { readonly template: string; readonly hash: string };
  'generation.write': { readonly generation: number };
  'link.make': { readonly path: string; readonly target: string };
  'link.remove': { readonly path: string };
  /** Turns the links of an instance's units into plain files that need no gear. */
  'unit.eject': { readonly instance: string };
  'generation.swap': { readonly from: number | null; readonly to: number };
  'systemd.reload': { readonly generation: number };
  'unit.start': { readonly unit: string; readonly instance: string };
  'unit.restart': { readonly unit: string; readonly instance: string };
  /** Tells a running container that its files changed. */
  'unit.reload': { readonly unit: string; readonly instance: string };
  'unit.stop': { readonly unit: string; readonly instance: string };
  'unit.forget': { readonly unit: string };
  'ready.wait': { readonly unit: string; readonly instance: string };
  /** `id`: that very container, whatever it is called by then. */
  'container.remove': {
    readonly engine: EngineKind;
    readonly instance: string;
    readonly container: string;
    readonly id?: string;
  };
  'network.remove': { readonly engine: EngineKind; readonly network: string; readonly app: string };
  'volume.remove': { readonly engine: EngineKind; readonly volume: string; readonly instance: string };
  'image.untag': { readonly engine: EngineKind; readonly tag: string };
  'generation.erase': { readonly generation: number };
  'file.erase': { readonly hash: string };
  /** Erases the content of a file of configuration, or the value of a secret. */
  'data.erase': { readonly hash: string; readonly holds: 'data' | 'secret' };
  'state.erase': { readonly path: string };
}

export type OperationKind = keyof OperationFields;

/**
 * The order of a change: what shares a stage is independent of each other. A crash between two leaves old or new. What
 * goes is stopped before the reload: afterwards systemd would know no stop command for it.
 */
export const stages = [
  'prepare',
  'create',
  'quiesce',
  'write',
  'link',
  'swap',
  'retire',
  'reload',
  'act',
  'ready',
  'clean',
  'erase',
] as const;

export type Stage = (typeof stages)[number];

interface Common<K extends OperationKind> {
  readonly kind: K;
  readonly stage: Stage;
  /** What it is done on, for people. */
  readonly subject: string;
  /** Why. */
  readonly reason: string;
}

export type OperationOf<K extends OperationKind> = Common<K> & OperationFields[K];

/** One effect, on one thing, with its reason. */
export type Operation = { [K in OperationKind]: OperationOf<K> }[OperationKind];

/** Makes an operation; the stage is where it belongs in a change. */
export function operation<K extends OperationKind>(
  kind: K,
  stage: Stage,
  subject: string,
  reason: string,
  fields: OperationFields[K],
): OperationOf<K> {
  return { kind, stage, subject, reason, ...fields };
}
