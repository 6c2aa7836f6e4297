import { paths } from '../../../core/model/paths.ts';
import type { FileTree } from './tree.ts';
import type { UnitText } from './unit-text.ts';
import { parseUnitText } from './unit-text.ts';

const searchPath = (): readonly string[] => [paths.units, '/run/systemd/system', '/usr/lib/systemd/system'];

/** A unit as read from files: text is null for one that is not there or is masked. */
export interface UnitFile {
  readonly loadState: 'loaded' | 'not-found' | 'masked';
  readonly fragmentPath: string;
  readonly text: UnitText | null;
  readonly dropInPaths: readonly string[];
  /** Units that must run for it, and that are started with it. */
  readonly requires: readonly string[];
  readonly wants: readonly string[];
}

const absent: UnitFile = {
  loadState: 'not-found',
  fragmentPath: '',
  text: null,
  dropInPaths: [],
  requires: [],
  wants: [],
};

/** Reads a unit through the search path, links followed; a link that leads to nothing is as if it were not there. */
export function readUnitFile(tree: FileTree, name: string): UnitFile {
  for (const folder of searchPath()) {
    const path = `${folder}/${name}`;
    const link = tree.find(path, 'itself');
    if (link?.kind === 'symlink' && link.target === '/dev/null')
      return { ...absent, loadState: 'masked', fragmentPath: path };
    const node = tree.find(path);
    if (node?.kind !== 'file') continue;
    const text = parseUnitText(new TextDecoder().decode(node.content));
    return {
      loadState: 'loaded',
      fragmentPath: path,
      text,
      dropInPaths: namesIn(tree, `${name}.d`).filter((each) => each.endsWith('.conf')),
      requires: [...text.words('Requires'), ...text.words('BindsTo'), ...linked(tree, `${name}.requires`)],
      wants: [...text.words('Wants'), ...linked(tree, `${name}.wants`)],
    };
  }
  return absent;
}

/** What `systemctl is-enabled` would say of it. */
export function unitFileState(tree: FileTree, name: string, file: UnitFile): string {
  if (file.loadState !== 'loaded') return file.loadState === 'masked' ? 'masked' : '';
  const folders = searchPath().flatMap((folder) => wantsFolders(tree, folder));
  if (folders.some((folder) => tree.find(`${folder}/${name}`, 'itself') !== null)) return 'enabled';
  const itself = tree.find(file.fragmentPath, 'itself');
  if (itself?.kind === 'symlink') return 'linked';
  return file.text?.all('WantedBy').length === 0 ? 'static' : 'disabled';
}

function wantsFolders(tree: FileTree, folder: string): readonly string[] {
  const node = tree.find(folder);
  if (node?.kind !== 'directory') return [];
  return [...node.entries.keys()]
    .filter((name) => name.endsWith('.wants'))
    .map((name) => `${folder}/${name}`);
}

/** Names of the links in a folder of the search path that lead to something. */
function linked(tree: FileTree, folder: string): readonly string[] {
  return namesIn(tree, folder)
    .filter((path) => tree.find(path) !== null)
    .map((path) => path.slice(path.lastIndexOf('/') + 1));
}

function namesIn(tree: FileTree, folder: string): readonly string[] {
  return searchPath().flatMap((base) => {
    const node = tree.find(`${base}/${folder}`);
    return node?.kind === 'directory'
      ? [...node.entries.keys()].map((name) => `${base}/${folder}/${name}`)
      : [];
  });
}
