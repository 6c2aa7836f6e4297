import path from 'node:path';
import { asksForFiles } from '../core/descriptor/compose/asks-for-files.ts';
import { isCompose } from '../core/descriptor/compose/is-compose.ts';
import { withProjectName } from '../core/descriptor/compose/project-name.ts';
import type { Document, SourceFile, Unfilled } from '../core/descriptor/document.ts';
import type { ForeignApp, ForeignReading } from '../core/descriptor/foreign/foreign-app.ts';
import { isQuadletName } from '../core/descriptor/foreign/sniff-format.ts';
import type { Environment } from '../core/model/container.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';
import { localFolder } from './context.ts';
import type { Group } from './descriptor-groups.ts';
import { folderVariables, type FolderVariables, type VariablesOfFolder } from './folder-variables.ts';
import { LazyFiles } from './lazy-files.ts';

/** Config files reach the host through gear; what is larger belongs into a volume. */
const mostContentBytes = 16 * 1_048_576;

/** The descriptor of an app as a value of the native form, and what it refers to in the place where it lies. */
export interface GivenDescriptor {
  readonly document: Document;
  /** Where it was another format: how it became this. */
  readonly foreign?: ForeignApp;
  /** The absolute path of its folder. */
  readonly directory: string;
  readonly environment: Environment;
  readonly files: LazyFiles;
  /** What is wrong beside it, with its `.env`; it can be judged, and not be applied. */
  readonly failures: readonly Failure[];
}

/** Variables of folders, which hold for all descriptors in them. */
export type KnownFolders = Map<string, Promise<VariablesOfFolder>>;

/** Reads the files of an app, whatever their format. What is lost of another format is told with its place. */
export async function readDescriptor(
  group: Group,
  known: KnownFolders = new Map(),
): Promise<Result<GivenDescriptor>> {
  const [first] = group.files;
  if (first === undefined) throw new Error('an app has at least one file');
  const folder = path.dirname(first.path);
  const variables = known.get(folder) ?? folderVariables(folder);
  known.set(folder, variables);
  const both = await variables;
  const files = new LazyFiles(mostContentBytes);
  const scopeOf = ({ environment, failures }: FolderVariables): Scope => ({
    directory: path.resolve(folder),
    environment: withProfiles(environment, group.profiles),
    files,
    failures,
  });
  return readFormat(group, { native: scopeOf(both.native), compose: scopeOf(both.compose) });
}

/** What a descriptor is read in: its folder, and the variables as its format has them, with what is wrong with those. */
type Scope = Pick<GivenDescriptor, 'directory' | 'environment' | 'files' | 'failures'>;

/** Profiles that a command line names are active beside those of COMPOSE_PROFILES. */
function withProfiles(environment: Environment, profiles: readonly string[] = []): Environment {
  if (profiles.length === 0) return environment;
  const before = environment['COMPOSE_PROFILES'];
  return {
    ...environment,
    COMPOSE_PROFILES: [...(before === undefined ? [] : [before]), ...profiles].join(','),
  };
}

async function readFormat(
  { files, format, ...named }: Group,
  { native: scope, compose }: { readonly native: Scope; readonly compose: Scope },
): Promise<Result<GivenDescriptor>> {
  switch (format) {
    case null:
    case 'native':
    case 'compose': {
      if (format !== 'native' && (files.length > 1 || files.some(hasTags)) && files.some(isComposeText))
        return composeFiles(files, compose);
      const isForeign = (value: unknown) => format === 'compose' || (format === null && isCompose({ value }));
      const { readDocument } = await import('../core/descriptor/text/read-document.ts');
      const document = await readDocument(files, {
        variables: scope.environment,
        foreign: (value) =>
          isForeign(value) ? { variables: variablesOf(files, compose), rules: 'compose' } : undefined,
      });
      if (!document.ok) return unread(document.failures, files.some(isComposeText) ? compose : scope);
      if (!isForeign(document.value.value)) return ok({ document: document.value, ...scope });
      if (asksForFiles(document.value.value)) return composeFiles(files, compose);
      const app = await composeApp(document.value, compose);
      return withUnfilled(app, document.value.unfilled ?? [], compose);
    }
    case 'quadlet': {
      const { readQuadletApp } = await import('../core/descriptor/quadlet/read-quadlet-app.ts');
      const around = await quadletPaths(scope.directory);
      return given(await readQuadletApp({ files, around, ...named }, scope), scope);
    }
    case 'kubernetes': {
      const { readManifests } = await import('../core/descriptor/kubernetes/read-manifests.ts');
      const { readKubernetes } = await import('../core/descriptor/kubernetes/read-kubernetes.ts');
      const documents = await readManifests(files);
      const name = named.folder ?? files[0]?.path.replace(/\.(ya?ml|json)$/, '') ?? '';
      return documents.ok
        ? given(readKubernetes(documents.value, path.basename(name), scope), scope)
        : unread(documents.failures, scope);
    }
    case 'geard': {
      const [file] = files;
      const { readGeard } = await import('../core/descriptor/geard/read-geard.ts');
      if (file === undefined) throw new Error('an app has at least one file');
      return given(await readGeard(file, path.basename(file.path), scope), scope);
    }
  }
}

/** What is filled into Compose files: their project's name is one of the variables. */
function variablesOf(files: readonly SourceFile[], { environment, directory }: Scope): Environment {
  return withProjectName(files.map(textOf), directory, environment);
}

/** Whether a text has services at the top level, and no containers, before it is parsed. */
function isComposeText(file: SourceFile): boolean {
  const text = textOf(file);
  return /^(services|include)\s*:/m.test(text) && !/^containers\s*:/m.test(text);
}

/** Asked of each file, so it is not decoded for the answer no. */
function hasTags(file: SourceFile): boolean {
  return 'bytes' in file && file.bytes.includes(0x21) && /!(reset|override)\b/.test(textOf(file));
}

function textOf(file: SourceFile): string {
  return 'bytes' in file ? new TextDecoder().decode(file.bytes) : '';
}

/** The Quadlet files of a folder and their drop-ins. */
async function quadletPaths(folder: string): Promise<readonly string[]> {
  const names = (await localFolder(folder)) ?? [];
  const dropIns = names
    .filter((name) => name.endsWith('.d'))
    .map(async (name) =>
      ((await localFolder(path.join(folder, name))) ?? []).map((each) => path.join(folder, name, each)),
    );
  return [
    ...names
      .filter((name) => isQuadletName(name) || name.endsWith('.timer'))
      .map((name) => path.join(folder, name)),
    ...(await Promise.all(dropIns)).flat(),
  ];
}

/** A Compose file alone is read quickly; several of them, and those that ask for others, are loaded together. */
async function composeApp(document: Document, scope: Scope): Promise<ForeignReading> {
  const { readCompose } = await import('../core/descriptor/compose/read-compose.ts');
  const quick = readCompose(document, scope);
  // Places cost a second look at the text, which only what is told is worth; mistakes have theirs from the beginning.
  if (quick.ok && quick.value.losses.every(({ verdict }) => verdict === 'kept')) return quick;
  await document.locate();
  return quick.ok ? quick : readCompose(document, scope);
}

async function composeFiles(files: readonly SourceFile[], scope: Scope): Promise<Result<GivenDescriptor>> {
  const { loadCompose } = await import('../core/descriptor/compose/load-compose.ts');
  const loaded = await loadCompose(files, { ...scope, environment: variablesOf(files, scope) });
  if (loaded.ok) return given(await composeApp(loaded.value, scope), scope);
  if (loaded.rest === undefined) return unread(loaded.failures, scope);
  const app = await composeApp(loaded.rest, scope);
  const noted = loaded.failures.map((failure) => ({ path: [], failure }));
  return withUnfilled(loaded.rest.isPartial === true ? withoutRest(app) : app, noted, scope);
}

/** What a file lacks of which a part could not be read is not to be judged. */
function withoutRest(app: ForeignReading): ForeignReading {
  return { ok: false, failures: app.ok ? [] : app.failures };
}

/** An app with mistakes is judged as far as it could be read, so that all of its mistakes are told at once. */
function given(app: ForeignReading, scope: Scope): Result<GivenDescriptor> {
  if (app.ok) return ok({ document: app.value.document, foreign: app.value, ...scope });
  if (app.rest === undefined) return unread(app.failures, scope);
  return ok({
    document: app.rest.document,
    foreign: { ...app.rest, losses: [] },
    ...scope,
    failures: [...scope.failures, ...app.failures],
  });
}

/** With variables that must be set and are not; what stands in a line with them follows from them. */
async function withUnfilled(
  app: ForeignReading,
  unfilled: readonly Unfilled[],
  scope: Scope,
): Promise<Result<GivenDescriptor>> {
  if (unfilled.length === 0) return given(app, scope);
  const lineOf = ({ place }: Failure) => `${place?.source ?? ''}:${String(place?.line)}`;
  const lines = new Set(unfilled.map(({ failure }) => lineOf(failure)));
  const others = app.ok ? [] : app.failures.filter((failure) => !lines.has(lineOf(failure)));
  const failures = [...unfilled.map(({ failure }) => failure), ...others];
  const rest = app.ok ? app.value : app.rest;
  if (rest === undefined) return unread(failures, scope);
  const { flawedDocument } = await import('../core/descriptor/foreign/flawed-document.ts');
  const told = rest.document.unfilled?.filter(({ failure }) => others.includes(failure)) ?? [];
  const document = flawedDocument({ ...rest, document: { ...rest.document, unfilled: told } }, unfilled);
  return given({ ok: false, failures, rest: { ...rest, document } }, scope);
}

/** What is wrong with the variables stands before what is wrong with the file. */
function unread(failures: readonly Failure[], scope: Scope): Result<never> {
  return err(...new Set([...scope.failures, ...failures]));
}
