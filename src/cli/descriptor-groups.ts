import path from 'node:path';
import type { SourceFile } from '../core/descriptor/document.ts';
import type { Format } from '../core/descriptor/foreign/formats.ts';
import { isQuadletName, sniffFormat } from '../core/descriptor/foreign/sniff-format.ts';
import { nearest } from '../core/model/nearest.ts';
import { composeFiles, composeOverride, namesBeside } from './compose-file.ts';
import { localFolder, localSource } from './context.ts';

/** A descriptor of 1 000 containers has a quarter of it. */
const mostBytes = 1_048_576;

/** Which descriptors a command line names. */
export interface DescriptorPaths {
  /** Files, each an app, and folders, of which each file is one. */
  readonly paths: readonly string[];
  /** Files of one further app, each laid over those before it. */
  readonly overlays: readonly string[];
  /** The format of all of them; else each is known by what it holds. */
  readonly format?: Format;
  /** Profiles of Compose that are active beside those of COMPOSE_PROFILES. */
  readonly profiles?: readonly string[];
  /** What the apps of Quadlet and Kubernetes files in a folder are called; absent: after the folder. */
  readonly name?: string;
}

/** The files of one app, and their format; null: YAML of gear's own or of Compose. */
export interface GroupOf<F> {
  readonly files: readonly F[];
  readonly format: Format | null;
  /** The folder that the app is named after, where it is all that the folder holds of its format. */
  readonly folder?: string;
  readonly profiles?: readonly string[];
}

/** The same with what is in them. */
export type Group = GroupOf<SourceFile>;

/**
 * The apps that a command line names. Of a folder each YAML or JSON file is one, without those of folders below; but its
 * Quadlet files are one app together, and so are its Kubernetes manifests: both spread an app over files.
 */
export async function groupsOf({
  paths,
  overlays,
  format,
  profiles,
  name,
}: DescriptorPaths): Promise<readonly Group[]> {
  const groups = (await Promise.all(paths.map((given) => groupsOfPath(given, format, name)))).flat();
  const laid = overlays.map(localDescriptor);
  const all = laid.length === 0 ? groups : [...groups, groupOf(laid, format)];
  return profiles === undefined ? all : all.map((group) => ({ ...group, profiles }));
}

/** A file of this machine, as a descriptor. */
export function localDescriptor(file: string): SourceFile {
  return localSource(file, mostBytes);
}

async function groupsOfPath(
  given: string,
  format: Format | undefined,
  name: string | undefined,
): Promise<readonly Group[]> {
  const names = await localFolder(given);
  if (names === null) return [groupOf([await withNearName(localDescriptor(given))], format)];
  // Said to be Quadlet's, a folder's manifests are those that its .kube files name.
  const isMeant = format === 'quadlet' ? isQuadletName : isDescriptorName;
  const project = format === 'quadlet' ? [] : await composeFiles(given, localDescriptor);
  const files = namesBeside(given, project, names)
    .filter(isMeant)
    .map((name) => localDescriptor(path.join(given, name)));
  if (files.length + project.length === 0) return [groupOf([nothingIn(given)], format)];
  const named = namedByKube(files);
  const others = together(
    files
      // Of what cannot be read nobody knows the format; the .kube file that names it tells of it.
      .filter((file) => !('problem' in file) || !named.has(path.resolve(file.path)))
      .map((file) => groupOf([file], format)),
    name ?? path.resolve(given),
  );
  return project.length === 0 ? others : [{ files: project, format: 'compose' }, ...others];
}

/** A folder without descriptors is told as a file that cannot be read would be. */
function nothingIn(folder: string): SourceFile {
  const next = 'name a folder with .yaml or .json files in it, those below are not looked at; or a file';
  return { path: folder, problem: 'is a folder without descriptors', next };
}

/** The absolute paths of the manifests that .kube files among these name. */
function namedByKube(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(
    files
      .filter((file) => file.path.endsWith('.kube'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/^\s*(?:Yaml|ConfigMap)\s*=\s*(\S+)/gm)].map(([, manifest = '']) =>
          path.resolve(path.dirname(file.path), manifest),
        ),
      ),
  );
}

/** A file that does not exist, with the descriptor beside it that was probably meant. */
async function withNearName(file: SourceFile): Promise<SourceFile> {
  if (!('problem' in file) || file.problem !== 'does not exist') return file;
  const folder = path.dirname(file.path);
  const beside = ((await localFolder(folder)) ?? []).filter(isDescriptorName);
  const near = nearest(path.basename(file.path), beside);
  return near === undefined ? file : { ...file, next: `did you mean ${path.join(folder, near)}?` };
}

/** Whether a file of a folder is a descriptor, by its name. */
export function isDescriptorName(name: string): boolean {
  return /^[^.].*\.(ya?ml|json)$/.test(name) || isQuadletName(name);
}

/** The apps of a folder, given what each file of it would be alone; `folder` names those that are spread over files. */
export function together<F extends { readonly path: string }>(
  single: readonly GroupOf<F>[],
  folder: string,
): readonly GroupOf<F>[] {
  const withKube = single.some(({ files: [file] }) => file?.path.endsWith('.kube') === true);
  return [
    ...overridden(single.filter((group) => !isSpread(group))),
    // Manifests beside .kube files are theirs.
    ...(withKube ? (['quadlet'] as const) : (['quadlet', 'kubernetes'] as const)).flatMap((format) => {
      const files = single.filter((group) => group.format === format).flatMap((group) => group.files);
      return files.length === 0 ? [] : [{ files, format, folder }];
    }),
  ];
}

/** Whether all files of this format in a folder are one app. */
export function isSpread({ format }: Pick<Group, 'format'>): boolean {
  return format === 'quadlet' || format === 'kubernetes';
}

/** Compose lays compose.override.yaml over the file beside it. */
function overridden<F extends { readonly path: string }>(
  groups: readonly GroupOf<F>[],
): readonly GroupOf<F>[] {
  const nameOf = ({ files }: GroupOf<F>) => path.basename(files[0]?.path ?? '');
  const over = groups.find((group) => composeOverride.test(nameOf(group)));
  const base = groups.find((group) => /^(docker-)?compose\.ya?ml$/.test(nameOf(group)));
  if (over === undefined || base === undefined) return groups;
  const both = { ...base, files: [...base.files, ...over.files] };
  return groups.flatMap((group) => (group === base ? [both] : group === over ? [] : [group]));
}

function groupOf(files: readonly SourceFile[], format: Format | undefined): Group {
  const [first] = files;
  return { files, format: format ?? (first === undefined ? null : formatOf(first)) };
}

/** What a file is of, by its name and what it holds. */
export function formatOf(file: SourceFile): Format | null {
  return sniffFormat(file.path, textOf(file));
}

function textOf(file: SourceFile): string {
  return 'bytes' in file ? new TextDecoder().decode(file.bytes) : '';
}
