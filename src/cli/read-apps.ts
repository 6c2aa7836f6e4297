import path from 'node:path';
import { type ReadApp } from '../core/descriptor/checks/read-app.ts';
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
  const read = await Promise.all(
    groups.map((group) => Promise.all(group.map((file) => localSource(file, mostDescriptorBytes)))),
  );
  const results = await Promise.all(read.map(readApp));
  const apps = results.flatMap((result) => (result.ok ? [result.value] : []));
  const { checkApps } = await import('../core/descriptor/checks/check-apps.ts');
  const findings = await checkApps(apps);
  const bad = new Set(findings.flatMap((finding) => finding.apps));
  const good = apps.filter((app) => !bad.has(app));
  return {
    apps: good.map(({ request }) => request),
    read: good,
    failures: [
      ...results.flatMap((result) => (result.ok ? [] : result.failures)),
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

async function readApp(files: readonly SourceFile[]): Promise<Result<ReadApp>> {
  const [first] = files;
  if (first === undefined) throw new Error('an app has at least one file');
  const directory = path.resolve(path.dirname(first.path));
  const environment = shellEnvironment();
  const dotEnv = await readDotEnv(path.join(path.dirname(first.path), '.env'));
  const { readDocument } = await import('../core/descriptor/text/read-document.ts');
  const variables = { ...(dotEnv.ok ? dotEnv.value : {}), ...environment };
  const document = await readDocument(files, { variables });
  const failures = [dotEnv, document].flatMap((result) => (result.ok ? [] : result.failures));
  if (!document.ok || failures.length > 0) return err(...failures);
  const request = await readRequest(document.value, directory, variables);
  const { place, locate } = document.value;
  return request.ok ? ok({ request: request.value, place, locate }) : request;
}

async function readRequest(
  document: Document,
  directory: string,
  environment: Variables,
): Promise<Result<AppRequest>> {
  const { readNative } = await import('../core/descriptor/native/read-native.ts');
  const { referencedFiles } = await import('../core/descriptor/native/referenced-files.ts');
  const named = referencedFiles(document, directory);
  const contents = await Promise.all(named.map((file) => localSource(file, mostContentBytes)));
  const context = { directory, environment, files: new Map(contents.map((file) => [file.path, file])) };
  const request = readNative(document, context);
  if (request.ok) return request;
  await document.locate();
  return readNative(document, context);
}

async function readDotEnv(file: string): Promise<Result<Variables>> {
  const source = await localSource(file, mostDescriptorBytes);
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
