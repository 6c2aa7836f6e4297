import path from 'node:path';
import type { SourceFile } from '../../core/descriptor/document.ts';
import type { Format } from '../../core/descriptor/foreign/formats.ts';
import { isQuadletName } from '../../core/descriptor/foreign/sniff-format.ts';
import { composeFilesOfFolder, namesBeside } from '../compose-file.ts';
import { localFolder } from '../context.ts';
import {
  formatOf,
  type GroupOf,
  isDescriptorName,
  isSpread,
  localDescriptor,
  together,
} from '../descriptor-groups.ts';
import type { Sightings } from './sightings.ts';

/** What is larger is read twice rather than remembered with ten thousand others. */
const mostKeptBytes = 16_384;

interface FolderFile {
  readonly path: string;
}

/** The files of one app, not read yet. */
export interface FolderApp extends GroupOf<FolderFile> {
  /** What the app is known by: its file, or `FOLDER/*.container` where all files of a folder are one. */
  readonly source: string;
  /** Folders that more of it may come into: those of drop-ins. */
  readonly around: readonly string[];
}

/**
 * Finds the apps of a folder as `gear apply FOLDER` does, and those of the folders in it that hold files of Quadlet or
 * Kubernetes, which are one app each. A file is only read, to tell its format, when it changed.
 */
export class FolderApps {
  #formats: ReadonlyMap<string, { readonly signature: string; readonly format: Format | null }> = new Map();
  /** Read to tell their formats, and not asked for since. */
  readonly #read = new Map<string, SourceFile>();
  readonly #folders: ReadonlySet<string>;

  /** `folders` are looked at for themselves, wherever they lie. */
  constructor(folders: readonly string[]) {
    this.#folders = new Set(folders);
  }

  /** The apps of each folder, by one look at the files. */
  async look(sightings: Sightings): Promise<ReadonlyMap<string, readonly FolderApp[]>> {
    const formats = new Map<string, { readonly signature: string; readonly format: Format | null }>();
    const format = (file: string): Format | null => {
      if (isQuadletName(file)) return 'quadlet';
      const signature = sightings.signature(file);
      const known = this.#formats.get(file);
      const found = known?.signature === signature ? known : { signature, format: this.#formatOf(file) };
      formats.set(file, found);
      return found.format;
    };
    this.#read.clear();
    const apps = new Map<string, readonly FolderApp[]>();
    for (const folder of this.#folders) apps.set(folder, await this.#appsIn(folder, format));
    this.#formats = formats;
    return apps;
  }

  /** A file of a folder, read once for its format and for what it says. */
  descriptor(file: string): SourceFile {
    const read = this.#read.get(file) ?? localDescriptor(file);
    this.#read.delete(file);
    return read;
  }

  #formatOf(file: string): Format | null {
    const read = localDescriptor(file);
    if ('bytes' in read && read.bytes.length <= mostKeptBytes) this.#read.set(file, read);
    return formatOf(read);
  }

  async #appsIn(folder: string, format: (file: string) => Format | null): Promise<readonly FolderApp[]> {
    const names = (await localFolder(folder)) ?? [];
    const below: FolderApp[] = [];
    for (const name of names) {
      if (!mayBeFolder(name)) continue;
      const inner = path.join(folder, name);
      if (this.#folders.has(inner)) continue;
      const apps = appsAmong(inner, (await localFolder(inner)) ?? [], format);
      below.push(...apps.filter((app) => isSpread(app)));
    }
    // Without a .env nothing names the files of a project here.
    const project = names.includes('.env') ? await composeFilesOfFolder(folder, localDescriptor) : [];
    if (project.length === 0) return [...appsAmong(folder, names, format), ...below];
    const files = project.map(({ path: file }) => ({ path: file }));
    const others = namesBeside(folder, project, names);
    return [
      { files, format: 'compose', source: files[0]?.path ?? folder, around: [] },
      ...appsAmong(folder, others, format),
      ...below,
    ];
  }
}

/** Hidden folders are those of git, and the versions of a ConfigMap; in FILE.d are drop-ins of Quadlet. */
function mayBeFolder(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('.d') && name !== 'node_modules' && !isDescriptorName(name);
}

function appsAmong(
  folder: string,
  names: readonly string[],
  format: (file: string) => Format | null,
): readonly FolderApp[] {
  const single = names.filter(isDescriptorName).map((name) => {
    const file = path.join(folder, name);
    return { files: [{ path: file }], format: format(file) };
  });
  return together(single, folder).map((group): FolderApp => ({
    ...group,
    source: sourceOf(group, folder),
    around:
      group.format === 'quadlet'
        ? names.filter((name) => name.endsWith('.d')).map((name) => path.join(folder, name))
        : [],
  }));
}

function sourceOf({ files, format }: GroupOf<FolderFile>, folder: string): string {
  if (format === 'quadlet') return `${folder}/*.container`;
  return format === 'kubernetes' ? `${folder}/*.yaml` : (files[0]?.path ?? folder);
}
