import { parseEnvFile } from '../core/descriptor/env-file.ts';
import type { ValueSources } from '../core/descriptor/export/recovered-values.ts';
import { formats } from '../core/descriptor/foreign/formats.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { Environment } from '../core/model/container.ts';
import { type AppDescription, type HostRecord, printOf } from '../core/model/host-record.ts';
import { attempt, FailureError } from '../errors/failure.ts';
import { localText } from './context.ts';
import { readApps } from './read-apps.ts';
import { shellEnvironment } from './surroundings.ts';

interface Given {
  readonly files: readonly string[];
  readonly tell: (note: string) => void;
}

/**
 * Where the values of apps can be had again: from files of --env-file, and from the descriptors that the apps were
 * last applied from. Tells of a descriptor that is gone, or says something else now. FailureError ENV_FILE_UNREADABLE.
 */
export async function recoverSources(
  { descriptions }: HostRecord,
  apps: readonly string[],
  { files, tell }: Given,
): Promise<ReadonlyMap<string, ValueSources>> {
  const given = await readValues(files);
  const sources = new Map<string, ValueSources>();
  for (const app of apps) {
    const description = descriptions[app];
    const described = description === undefined ? null : await readDescribed(app, description);
    if (description !== undefined) tellChange(app, description, described, tell);
    sources.set(app, {
      given,
      ...(description === undefined ? {} : { description }),
      ...(described === null ? {} : { described }),
    });
  }
  return sources;
}

function tellChange(
  app: string,
  description: AppDescription,
  described: AppRequest | null,
  tell: (note: string) => void,
): void {
  const from = [...description.paths, ...description.overlays].join(', ');
  if (described === null) tell(`${app}: its descriptor cannot be read any more: ${from}`);
  else if (printOf(described, description.salt) !== description.print)
    tell(
      `${app}: ${from} says something else than was applied. What ran is recovered, with values as they are there now; afterwards, gear apply brings the rest`,
    );
}

/** The app as its descriptors say now; null where they do not. */
async function readDescribed(app: string, description: AppDescription): Promise<AppRequest | null> {
  const { paths, overlays, profiles } = description;
  const format = formats.find((each) => each === description.format);
  const read = await attempt(() =>
    readApps({
      paths,
      overlays,
      ...(format === undefined ? {} : { format }),
      ...(profiles === undefined ? {} : { profiles }),
    }),
  );
  return read.ok ? (read.value.apps.find((each) => each.app === app) ?? null) : null;
}

async function readValues(files: readonly string[]): Promise<Environment> {
  const read = await Promise.all(
    files.map(async (file) => parseEnvFile(file, await localText(file), shellEnvironment())),
  );
  const failures = read.flatMap((each) => (each.ok ? [] : each.failures));
  if (failures.length > 0) throw new FailureError(...failures);
  return Object.assign({}, ...read.map((each) => (each.ok ? each.value : {}))) as Environment;
}
