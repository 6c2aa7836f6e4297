import type { Environment } from '../model/container.ts';
import { volumesOf } from './preparation.ts';
import type { Instance } from '../model/instance.ts';
import { listDifferences, specDifferences, valueDifference } from '../model/spec-differences.ts';

/**
 * What differs between two forms of an instance, one line each, for people. Values of the environment are compared
 * but never shown.
 */
export function differences(
  before: Instance,
  after: Instance,
  environments: { readonly before: Environment; readonly after: Environment },
): readonly string[] {
  return [
    ...valueDifference('engine', before.engine, after.engine),
    ...leftVolumes(before, after),
    ...imageLines(before, after),
    ...initImageLines(before, after),
    ...specDifferences(before.spec, after.spec),
    ...contentLines(before, after),
    ...joinLines(before, after),
    ...listDifferences(
      'env',
      environmentNames(environments.before, environments.after),
      environmentNames(environments.after, environments.before),
    ),
    ...changedValues(environments.before, environments.after),
  ];
}

/** The data does not go along to another engine, which nobody should find out afterwards. */
function leftVolumes(before: Instance, after: Instance): readonly string[] {
  const [volume, ...more] = before.engine === after.engine ? [] : volumesOf(before);
  if (volume === undefined) return [];
  const names = [volume, ...more].join(', ');
  return [
    `it begins with empty volumes: ${names} of ${before.engine} stay there (to take data along: gear volume backup ${volume} FILE --engine ${before.engine}, apply, gear volume restore ${volume} FILE --engine ${after.engine})`,
  ];
}

function imageLines(before: Instance, after: Instance): readonly string[] {
  if (before.spec.image !== after.spec.image) return [`image: ${before.spec.image} → ${after.spec.image}`];
  if (before.image.id === after.image.id) return [];
  return [`image ${after.spec.image}: ${shortId(before.image.id)} → ${shortId(after.image.id)}`];
}

/** Images of init steps that are others by the same name; another name is a line of the step already. */
function initImageLines(before: Instance, after: Instance): readonly string[] {
  const known = new Map((before.initImages ?? []).map(({ reference, id }) => [reference, id]));
  const moved = new Map((after.initImages ?? []).map(({ reference, id }) => [reference, id]));
  return [...moved].flatMap(([reference, id]) => {
    const was = known.get(reference) ?? id;
    return was === id ? [] : [`image of an init step ${reference}: ${shortId(was)} → ${shortId(id)}`];
  });
}

/** A form of its own follows from a new form of the container whose network it shares. */
function joinLines(before: Instance, after: Instance): readonly string[] {
  const [was, is] = [before.joins, after.joins];
  if (was === undefined || is === undefined || was.form === is.form) return [];
  return [`the network of ${is.instance}, which has a new form`];
}

/** Contents are told apart by their hashes, and not shown. */
function contentLines(before: Instance, after: Instance): readonly string[] {
  const known = contents(before);
  return [...contents(after)].flatMap(([what, { hash, changed }]) => {
    const was = known.get(what)?.hash ?? hash;
    return was === hash ? [] : [`${what} has another ${changed}`];
  });
}

function contents({ files = [], secrets = [] }: Instance): ReadonlyMap<string, Content> {
  return new Map<string, Content>([
    ...files.map(({ target, hash }) => [`file ${target}`, { hash, changed: 'content' }] as const),
    ...secrets.map(({ name, hash }) => [`secret ${name}`, { hash, changed: 'value' }] as const),
  ]);
}

interface Content {
  readonly hash: string;
  readonly changed: 'content' | 'value';
}

function shortId(id: string): string {
  return id.slice('sha256:'.length, 'sha256:'.length + 12);
}

function environmentNames(of: Environment, other: Environment): readonly string[] {
  return Object.keys(of).filter((key) => !(key in other));
}

function changedValues(before: Environment, after: Environment): readonly string[] {
  return Object.keys(after)
    .filter((key) => key in before && before[key] !== after[key])
    .map((key) => `env ${key} has another value`);
}
