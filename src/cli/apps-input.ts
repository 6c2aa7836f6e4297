import path from 'node:path';
import { Flags } from '@oclif/core';
import type { Format } from '../core/descriptor/foreign/formats.ts';
import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { AppSource } from '../core/model/manifest.ts';
import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import type { AppsInput, ExpectedPlan } from '../flows/app-inputs.ts';
import type { AskedApps } from './asked-apps.ts';
import { descriptorPaths, fromFlag, profileFlag, strictFlag } from './descriptor-paths.ts';
import { isPlanFile, readPlanFile } from './plan-file.ts';
import { readTemplates, templatesFlag } from './templates-flag.ts';
import { readApps } from './read-apps.ts';

/** What plan and apply ask beside the descriptors. */
export const appsFlags = {
  from: fromFlag,
  profile: profileFlag,
  only: Flags.string({
    description: 'Change only this container; what left the descriptor stays',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
  }),
  engine: Flags.option({
    options: ['docker', 'podman'] as const,
    description: 'Engine for all of them; else what the descriptor says, what they have, Docker, Podman',
  })(),
  'prune-volumes': Flags.boolean({
    description: 'Delete the volumes of what left the descriptor, with all data',
    default: false,
  }),
  strict: strictFlag,
  ...templatesFlag,
  'no-start': Flags.boolean({
    description: 'Install what is new stopped; gear start begins',
    default: false,
  }),
};

interface AppsFlags {
  readonly from?: Format | undefined;
  readonly profile?: readonly string[] | undefined;
  readonly file?: readonly string[] | undefined;
  readonly only?: readonly string[] | undefined;
  readonly engine?: EngineKind | undefined;
  readonly templates?: string | undefined;
  readonly 'prune-volumes': boolean;
  readonly 'no-start': boolean;
  readonly strict: boolean;
  readonly name?: string | undefined;
  readonly host?: readonly string[] | undefined;
}

interface ReadInput {
  readonly input: AppsInput;
  readonly asked: AskedApps;
  readonly templates: readonly CustomTemplate[];
  /** `--host`, of the line or of the plan file. */
  readonly hosts: readonly string[] | undefined;
  /** Of a plan file, by the label of the host. */
  readonly plans?: Readonly<Record<string, ExpectedPlan>>;
}

/** Reads the descriptors that a line names, or those of the plan file that it names. FailureError USAGE. */
export async function readAppsInput(
  command: string,
  words: readonly string[],
  flags: AppsFlags,
): Promise<ReadInput> {
  const [only, ...others] = words;
  if (only !== undefined && isPlanFile(only)) {
    const { asked, hosts, plans } = await readPlanFile(only, others, flags);
    return { ...(await inputOf(asked)), hosts, plans };
  }
  const read = await inputOf({
    ...descriptorPaths(command, words, flags),
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    ...(flags.engine === undefined ? {} : { engine: flags.engine }),
    ...(flags.templates === undefined ? {} : { templates: flags.templates }),
    pruneVolumes: flags['prune-volumes'],
    start: !flags['no-start'],
    strict: flags.strict,
  });
  return { ...read, hosts: flags.host };
}

async function inputOf(asked: AskedApps): Promise<Omit<ReadInput, 'hosts'>> {
  const { paths, overlays, format, profiles, name, strict, templates: folder, ...more } = asked;
  const templates = await readTemplates(folder);
  const { apps, read, failures, left, losses } = await readApps(
    {
      paths,
      overlays,
      ...(format === undefined ? {} : { format }),
      ...(profiles === undefined ? {} : { profiles }),
      ...(name === undefined ? {} : { name }),
    },
    { engineOf: (app) => more.engine ?? app.engine },
    { strict },
  );
  const sources = new Map(read.map((each) => [each.request.app, sourceOf(each)]));
  return {
    input: { apps, sources, read, failures, left, losses, pull: 'missing', ...more },
    asked,
    templates,
  };
}

function sourceOf({ request, overlays = [] }: ReadApp): AppSource {
  const laid = overlays.map((file) => path.resolve(file));
  return { path: path.resolve(request.source), ...(laid.length === 0 ? {} : { overlays: laid }) };
}
