import type { Failure } from '../../../errors/failure.ts';
import type { AppRequest } from '../../model/app.ts';
import type { Environment, GivenFile } from '../../model/container.ts';
import type { AppDescription } from '../../model/host-record.ts';
import type { Instance } from '../../model/instance.ts';
import { instanceName } from '../../model/instance-name.ts';
import type { InstanceContents } from './running-app.ts';

/** Where the values of an app can be had again that no manifest holds. */
export interface ValueSources {
  /** Given on the command line; they count before all others. */
  readonly given: Environment;
  readonly description?: AppDescription;
  /** What its descriptors say now. */
  readonly described?: AppRequest;
}

/** The values of an app's instances by name, and what of them is nowhere to be had. */
export interface RecoveredValues {
  readonly contents: ReadonlyMap<string, InstanceContents>;
  readonly missing: readonly Failure[];
}

/**
 * The environment and files of instances whose host is gone. A descriptor counts for an instance only where what that had
 * last came from it: a later `gear set` is in no file.
 */
export function recoverValues(instances: readonly Instance[], sources: ValueSources): RecoveredValues {
  const contents = new Map<string, InstanceContents>();
  const missing: Failure[] = [];
  for (const instance of instances) {
    const { environment, absent } = environmentOf(instance, sources);
    const { files, lost } = filesOf(instance, sources);
    contents.set(instance.name, { environment, files });
    if (absent.length > 0) missing.push(noValues(instance, absent));
    if (lost.length > 0) missing.push(noFiles(instance, lost, sources));
  }
  return { contents, missing };
}

function environmentOf(
  { name, environmentFile, environmentKeys, secretEnvironment = {} }: Instance,
  { given, description, described }: ValueSources,
): { readonly environment: Environment; readonly absent: readonly string[] } {
  const isDescribed = environmentFile !== null && description?.hashes.includes(environmentFile) === true;
  const container = described?.containers.find((each) => instanceName(each) === name);
  const known = { ...(isDescribed ? container?.environment : {}), ...given };
  const wanted = environmentKeys.filter((key) => !Object.hasOwn(secretEnvironment, key));
  return {
    environment: Object.fromEntries(
      wanted.flatMap((key) => (Object.hasOwn(known, key) ? [[key, known[key] ?? '']] : [])),
    ),
    absent: wanted.filter((key) => !Object.hasOwn(known, key)),
  };
}

function filesOf(
  { name, files = [] }: Instance,
  { description, described }: ValueSources,
): { readonly files: readonly GivenFile[]; readonly lost: readonly string[] } {
  const container = described?.containers.find((each) => instanceName(each) === name);
  const found = files.map(({ target, hash }) => ({
    target,
    file: description?.hashes.includes(hash)
      ? container?.files?.find((each) => each.target === target)
      : undefined,
  }));
  return {
    files: found.flatMap(({ file }) => file ?? []),
    lost: found.flatMap(({ target, file }) => (file === undefined ? [target] : [])),
  };
}

function noValues({ app, name }: Instance, keys: readonly string[]): Failure {
  return {
    code: 'VALUE_UNKNOWN',
    message: `${name}: the values of ${keys.join(', ')} are gone with the host; values are secret, and not kept here`,
    next: 'put them into a file as NAME=VALUE lines, and give it with --env-file FILE',
    subject: app,
  };
}

function noFiles(
  { app, name }: Instance,
  targets: readonly string[],
  { description }: ValueSources,
): Failure {
  const from = description?.paths[0] ?? description?.overlays[0] ?? 'gear.yaml';
  return {
    code: 'VALUE_UNKNOWN',
    message: `${name}: the contents of ${targets.join(', ')} are gone with the host, and no descriptor here has them`,
    next: `apply a descriptor that has them: gear apply ${from} --host HOST`,
    subject: app,
  };
}
