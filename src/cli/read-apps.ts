import type { CheckTarget } from '../core/descriptor/checks/check-target.ts';
import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { SourceFile } from '../core/descriptor/document.ts';
import type { Loss } from '../core/descriptor/foreign/loss.ts';
import { refusals } from '../core/descriptor/foreign/refusals.ts';
import { strictFailures } from '../core/descriptor/foreign/strict-failures.ts';
import type { AppRequest } from '../core/model/app.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';
import { boundGarbage } from './bound-garbage.ts';
import { type DescriptorPaths, type Group, groupsOf } from './descriptor-groups.ts';
import { type GivenDescriptor, type KnownFolders, readDescriptor } from './read-descriptor.ts';

/** What was read: a bad app is in `failures` only, and holds back no other. */
export interface ReadApps {
  readonly apps: readonly AppRequest[];
  /** The same apps, with the way back into their texts. */
  readonly read: readonly ReadApp[];
  readonly failures: readonly Failure[];
  /** What is only approximated of files in other formats. */
  readonly losses: readonly Loss[];
  /** How many descriptors there were, good or bad. */
  readonly count: number;
  /** The descriptors' files as they were read. */
  readonly files: readonly SourceFile[];
}

/** Reads and checks all descriptors that a command line names, with `.env` beside each and this shell's variables, for what is known of where they are to run. `strict`: what a file of another format asks for and gear only approximates is a mistake. */
export async function readApps(
  paths: DescriptorPaths,
  target?: CheckTarget,
  options: { readonly strict?: boolean } = {},
): Promise<ReadApps> {
  boundGarbage();
  return readGroups(await groupsOf(paths), target, options);
}

/** The same for apps whose files were read; `known` are variables of folders that are known already. */
export async function readGroups(
  groups: readonly Group[],
  target?: CheckTarget,
  { strict = false, known = new Map() }: { readonly strict?: boolean; readonly known?: KnownFolders } = {},
): Promise<ReadApps> {
  const results: Result<ReadOne>[] = [];
  // One after the other: what reading one leaves behind is gone before the next.
  for (const group of groups) results.push(await readApp(group, known, strict));
  const read = results.flatMap((result) => (result.ok ? [result.value] : []));
  const apps = read.map(({ app }) => app);
  const { checkApps } = await import('../core/descriptor/checks/check-apps.ts');
  const findings = await checkApps(apps, target);
  const bad = new Set(findings.flatMap((finding) => finding.apps));
  const good = apps.filter((app) => !bad.has(app));
  return {
    apps: good.map(({ request }) => request),
    read: good,
    // What is wrong with a .env is told once, not for each app beside it.
    failures: [
      ...new Set(results.flatMap((result) => (result.ok ? [] : result.failures))),
      ...findings.map(({ failure }) => failure),
    ],
    losses: read.flatMap(({ losses }) => losses),
    count: groups.length,
    files: groups.flatMap(({ files }) => files),
  };
}

interface ReadOne {
  readonly app: ReadApp;
  readonly losses: readonly Loss[];
}

async function readApp(group: Group, known: KnownFolders, strict: boolean): Promise<Result<ReadOne>> {
  const given = await readDescriptor(group, known);
  if (!given.ok) return given;
  const { document, foreign } = given.value;
  const losses = foreign?.losses.filter(({ verdict }) => verdict !== 'kept') ?? [];
  const refused = strict ? strictFailures(losses) : refusals(losses);
  if (refused.length > 0) return err(...refused);
  const request = await readRequest(given.value);
  const { place, locate } = document;
  return request.ok ? ok({ app: { request: request.value, place, locate }, losses }) : request;
}

/** The app that a descriptor means, with the files that it refers to. */
export async function readRequest({
  document,
  directory,
  environment,
  files: near,
}: GivenDescriptor): Promise<Result<AppRequest>> {
  const { readNative } = await import('../core/descriptor/native/read-native.ts');
  const { referencedFiles } = await import('../core/descriptor/native/referenced-files.ts');
  const files = new Map(referencedFiles(document, directory).map((file) => [file, near.get(file)]));
  const context = { directory, environment, files };
  const request = readNative(document, context);
  if (request.ok) return request;
  await document.locate();
  return readNative(document, context);
}
