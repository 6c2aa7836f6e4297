import path from 'node:path';
import { type ReadApp } from '../core/descriptor/checks/read-app.ts';
import { isCompose } from '../core/descriptor/compose/is-compose.ts';
import type { ComposeApp } from '../core/descriptor/compose/read-compose.ts';
import type { Document, SourceFile } from '../core/descriptor/document.ts';
import type { Variables } from '../core/descriptor/text/expand.ts';
import type { AppRequest } from '../core/model/app.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';
import { localFolder, localSource } from './context.ts';
import { shellEnvironment } from './surroundings.ts';

/** Which descriptors a command line names. */
export interface DescriptorPaths {
  /** Files, each an app, and folders, of which each file is one. */
  readonly paths: readonly string[];
  /** Files of one further app, each laid over those before it. */
  readonly overlays: readonly string[];
}

/** What was read: a bad app is in `failures` only, and holds back no other. */
export interface ReadApps {
  readonly apps: readonly AppRequest[];
  /** The same apps, with the way back into their texts. */
  readonly read: readonly ReadApp[];
  readonly failures: readonly Failure[];
  /** How many descriptors there were, good or bad. */
  readonly count: number;
  /** The descriptors' files as they were read. */
  readonly files: readonly SourceFile[];
}

/** A descriptor of 1 000 containers has a quarter of it. */
const mostDescriptorBytes = 1_048_576;
/** Config files reach the host through gear; what is larger belongs into a volume. */
const mostContentBytes = 16 * 1_048_576;

/** Reads and checks all descriptors that a command line names, with `.env` beside each and this shell's variables. */
export async function readApps({ paths, overlays }: DescriptorPaths): Promise<ReadApps> {
  const groups = [
    ...(await Promise.all(paths.map(filesOf))).flat(),
    ...(overlays.length === 0 ? [] : [overlays]),
  ];
  const read = groups.map((group) => group.map((file) => localSource(file, mostDescriptorBytes)));
  const surroundings = new Map<string, Promise<FolderVariables>>();
  const results: Result<ReadApp>[] = [];
  // One after the other: what reading one leaves behind is gone before the next.
  for (const files of read) results.push(await readApp(files, surroundings));
  const apps = results.flatMap((result) => (result.ok ? [result.value] : []));
  const { checkApps } = await import('../core/descriptor/checks/check-apps.ts');
  const findings = await checkApps(apps);
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
    count: groups.length,
    files: read.flat(),
  };
}

/** A file alone; of a folder each descriptor in it, without those of folders below. */
async function filesOf(given: string): Promise<readonly (readonly string[])[]> {
  const names = await localFolder(given);
  if (names === null) return [[given]];
  const files = names.filter((name) => /^[^.].*\.(ya?ml|json)$/.test(name));
  // An empty folder is told as a file that cannot be read would be.
  return files.length === 0 ? [[given]] : files.map((name) => [path.join(given, name)]);
}

async function readApp(
  files: readonly SourceFile[],
  known: Map<string, Promise<FolderVariables>>,
): Promise<Result<ReadApp>> {
  const given = await readDescriptor(files, known);
  if (!given.ok) return given;
  const { document, ...scope } = given.value;
  const native = isCompose(document) ? await composeAsNative(given.value) : ok(document);
  if (!native.ok) return native;
  const request = await readRequest(native.value, scope);
  const { place, locate } = native.value;
  return request.ok ? ok({ request: request.value, place, locate }) : request;
}

/** A descriptor of whatever format as a value, and what it is read with. */
export interface GivenDescriptor {
  readonly document: Document;
  /** How many files it was laid together from. */
  readonly count: number;
  /** The absolute path of its folder. */
  readonly directory: string;
  readonly environment: Variables;
}

/** What variables stand for in the descriptors of a folder, and what is wrong with its `.env`. */
interface FolderVariables {
  readonly environment: Variables;
  readonly failures: readonly Failure[];
}

/** Reads the text of a descriptor, with `.env` beside it and this shell's variables; those of a folder once. */
export async function readDescriptor(
  files: readonly SourceFile[],
  known = new Map<string, Promise<FolderVariables>>(),
): Promise<Result<GivenDescriptor>> {
  const [first] = files;
  if (first === undefined) throw new Error('an app has at least one file');
  const folder = path.dirname(first.path);
  const variables = known.get(folder) ?? folderVariables(folder);
  known.set(folder, variables);
  const { environment, failures: before } = await variables;
  const { readDocument } = await import('../core/descriptor/text/read-document.ts');
  const document = await readDocument(files, { variables: environment });
  const failures = [...before, ...(document.ok ? [] : document.failures)];
  if (!document.ok || failures.length > 0) return err(...failures);
  const directory = path.resolve(folder);
  return ok({ document: document.value, count: files.length, directory, environment });
}

/** A Compose file in the native form, with what became of each of its keys and where that stands. */
export async function readComposeFile(given: GivenDescriptor): Promise<Result<ComposeApp>> {
  await given.document.locate();
  return readCompose(given);
}

async function readCompose({
  document,
  count,
  directory,
  environment,
}: GivenDescriptor): Promise<Result<ComposeApp>> {
  if (count > 1)
    return err({
      code: 'UNSUPPORTED',
      message: 'gear reads one Compose file at a time',
      next: `write one of them all: docker compose -f … config > ${document.source}`,
      place: { source: document.source },
    });
  const { composeFiles } = await import('../core/descriptor/compose/compose-files.ts');
  const reader = await import('../core/descriptor/compose/read-compose.ts');
  const files = contentsOf(composeFiles(document, directory));
  return reader.readCompose(document, { directory, environment, files });
}

/** The native form alone; what a Compose file asks for and gear cannot give is a failure. */
async function composeAsNative(given: GivenDescriptor): Promise<Result<Document>> {
  const { refusals } = await import('../core/descriptor/compose/refusals.ts');
  const read = await readCompose(given);
  if (read.ok && refusals(read.value.losses).length === 0) return ok(read.value.document);
  // Places cost a second look at the text, which only failures are worth.
  const again = await readComposeFile(given);
  return again.ok ? err(...refusals(again.value.losses)) : again;
}

async function readRequest(
  document: Document,
  { directory, environment }: Pick<GivenDescriptor, 'directory' | 'environment'>,
): Promise<Result<AppRequest>> {
  const { readNative } = await import('../core/descriptor/native/read-native.ts');
  const { referencedFiles } = await import('../core/descriptor/native/referenced-files.ts');
  const files = contentsOf(referencedFiles(document, directory));
  const context = { directory, environment, files };
  const request = readNative(document, context);
  if (request.ok) return request;
  await document.locate();
  return readNative(document, context);
}

function contentsOf(named: readonly string[]): ReadonlyMap<string, SourceFile> {
  return new Map(named.map((file) => [file, localSource(file, mostContentBytes)]));
}

/** The file of this machine that a command line names as a descriptor. */
export function localDescriptor(file: string): SourceFile {
  return localSource(file, mostDescriptorBytes);
}

async function folderVariables(folder: string): Promise<FolderVariables> {
  const dotEnv = await readDotEnv(path.join(folder, '.env'));
  return {
    environment: { ...(dotEnv.ok ? dotEnv.value : {}), ...shellEnvironment() },
    failures: dotEnv.ok ? [] : dotEnv.failures,
  };
}

async function readDotEnv(file: string): Promise<Result<Variables>> {
  const source = localSource(file, mostDescriptorBytes);
  if ('bytes' in source) {
    const { parseDotEnv } = await import('../core/descriptor/text/dot-env.ts');
    return parseDotEnv(file, new TextDecoder().decode(source.bytes));
  }
  if (source.problem === 'does not exist') return ok({});
  return err({
    code: 'ENV_FILE_UNREADABLE',
    message: `the file ${file} ${source.problem}`,
    next: 'make it readable, or move it away',
  });
}
