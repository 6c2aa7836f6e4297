import type { CheckTarget } from '../core/descriptor/checks/check-target.ts';
import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { SourceFile } from '../core/descriptor/document.ts';
import type { Loss } from '../core/descriptor/foreign/loss.ts';
import { flawedDocument } from '../core/descriptor/foreign/flawed-document.ts';
import { nothingRuns, runsNothing } from '../core/descriptor/foreign/nothing-runs.ts';
import { refusedParts } from '../core/descriptor/foreign/refusals.ts';
import { strictParts } from '../core/descriptor/foreign/strict-failures.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { NativeReading } from '../core/descriptor/native/read-native.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';
import { inTextOrder } from '../errors/text-order.ts';
import { type DescriptorPaths, type Group, groupsOf, isSpread } from './descriptor-groups.ts';
import { type GivenDescriptor, type KnownFolders, readDescriptor } from './read-descriptor.ts';
import { tuneForReading } from './tune-v8.ts';

/** What was read: a bad app is in `failures` only, and holds back no other. */
export interface ReadApps {
  readonly apps: readonly AppRequest[];
  /** The same apps, with the way back into their texts. */
  readonly read: readonly ReadApp[];
  /** Those with mistakes, as far as they could be read. */
  readonly flawed: readonly ReadApp[];
  /** The files of those that are right by themselves, and not beside others. */
  readonly left: readonly string[];
  readonly failures: readonly Failure[];
  /** What is only approximated of files in other formats. */
  readonly losses: readonly Loss[];
  /** How many descriptors there were, good or bad. */
  readonly count: number;
  /** The descriptors' files as they were read. */
  readonly files: readonly SourceFile[];
}

/** Reads and checks all descriptors that a command line names, with `.env` beside each and this shell's variables, for what is known of where they are to run. `strict`: what a file of another format asks for and gear only approximates is a mistake. `brief`: what the command does with them is over as soon as reading is. */
export async function readApps(
  paths: DescriptorPaths,
  target?: CheckTarget,
  { strict = false, brief = false }: { readonly strict?: boolean; readonly brief?: boolean } = {},
): Promise<ReadApps> {
  const groups = await groupsOf(paths);
  tuneForReading(
    groups.flatMap(({ files }) => files),
    brief,
  );
  return readGroups(groups, target, { strict });
}

interface GroupOptions {
  readonly strict?: boolean;
  /** Variables of folders that are known already. */
  readonly known?: KnownFolders;
  /** What is wrong between apps, or between the containers of one, is looked for by the caller. */
  readonly each?: boolean;
}

/** The same for apps whose files were read. */
export async function readGroups(
  groups: readonly Group[],
  target?: CheckTarget,
  { strict = false, known = new Map(), each = false }: GroupOptions = {},
): Promise<ReadApps> {
  const results: ReadOne[] = [];
  // One after the other: what reading one leaves behind is gone before the next.
  for (const group of groups) results.push(await readApp(group, known, strict));
  const apps = results.flatMap(({ app }) => app ?? []);
  const { checkApps, checkForTarget } = await import('../core/descriptor/checks/check-apps.ts');
  // Where something is wrong, all of it is told.
  const isRight = each && (await checkForTarget(apps, target)).length === 0;
  const findings = isRight ? [] : await checkApps(apps, target);
  // What is wrong between an app and one that is not applied anyway does not hold it back.
  const between = findings.filter((finding) => !finding.apps.some(({ flaws }) => flaws !== undefined));
  const bad = new Set(between.flatMap((finding) => finding.apps));
  const isGood = (app: ReadApp) => app.flaws === undefined && !bad.has(app);
  const good = apps.filter(isGood);
  const files = groups.flatMap((group) => group.files);
  // What is wrong with a .env is told once, not for each app beside it.
  const own = [...new Set(results.flatMap(({ failures }) => failures))];
  const failures = [...own, ...findings.map(({ failure }) => failure)];
  return {
    apps: good.map(({ request }) => request),
    read: good,
    flawed: apps.filter((app) => !isGood(app)),
    left: [...bad].map(({ request }) => request.source),
    failures: failures.toSorted(
      inTextOrder([
        undefined,
        ...files.map(({ path }) => path),
        ...failures.map(({ place }) => place?.source),
      ]),
    ),
    losses: results.flatMap(({ losses }) => losses),
    count: groups.length,
    files,
  };
}

interface ReadOne {
  /** Absent where nothing could be made of it. */
  readonly app?: ReadApp;
  readonly failures: readonly Failure[];
  readonly losses: readonly Loss[];
}

async function readApp(group: Group, known: KnownFolders, strict: boolean): Promise<ReadOne> {
  const given = await readDescriptor(group, known);
  if (!given.ok) return { failures: given.failures, losses: [] };
  const { document, foreign, failures: beside } = given.value;
  const losses = foreign?.losses.filter(({ verdict }) => verdict !== 'kept') ?? [];
  const refused = strict ? strictParts(losses) : refusedParts(losses);
  const flawed = foreign === undefined || refused.length === 0 ? document : flawedDocument(foreign, refused);
  if (foreign !== undefined && beside.length + refused.length === 0 && runsNothing(foreign)) {
    await document.locate();
    return { failures: [nothingRuns(foreign)], losses };
  }
  const reading = await readGiven({ ...given.value, document: flawed });
  const failures = [...new Set([...beside, ...reading.failures])];
  const { place, locate, value } = document;
  if (reading.request !== undefined && failures.length === 0)
    return { app: { request: reading.request, place, locate, value, ...laidOver(group) }, failures, losses };
  if (reading.request !== undefined)
    return { app: { request: reading.request, place, locate, flaws: noFlaws }, failures, losses: [] };
  if (reading.remainder === undefined) return { failures, losses: [] };
  const { request, flaws } = reading.remainder;
  const asWritten: ReadApp['place'] = (path, part) => place(flaws.asWritten(path), part);
  return { app: { request, place: asWritten, locate, flaws }, failures, losses: [] };
}

function laidOver(group: Group): Pick<ReadApp, 'overlays'> {
  const [, ...overlays] = isSpread(group) ? [] : group.files.map(({ path }) => path);
  return overlays.length === 0 ? {} : { overlays };
}

/** Of an app that is right, and whose `.env` is not. */
const noFlaws: NonNullable<ReadApp['flaws']> = {
  containers: new Set(),
  isComplete: true,
  asWritten: (path) => path,
};

/** The app that a descriptor means, with the files that it refers to. */
export async function readRequest(given: GivenDescriptor): Promise<Result<AppRequest>> {
  const { request, failures } = await readGiven(given);
  const all = [...given.failures, ...failures];
  return request === undefined || all.length > 0 ? err(...all) : ok(request);
}

async function readGiven({
  document,
  directory,
  environment,
  files: near,
}: GivenDescriptor): Promise<NativeReading> {
  const { readNativeInPart } = await import('../core/descriptor/native/read-native.ts');
  const { referencedFiles } = await import('../core/descriptor/native/referenced-files.ts');
  const files = new Map(referencedFiles(document, directory).map((file) => [file, near.get(file)]));
  const context = { directory, environment, files };
  const reading = readNativeInPart(document, context);
  if (reading.request !== undefined) return reading;
  await document.locate();
  return readNativeInPart(document, context);
}
