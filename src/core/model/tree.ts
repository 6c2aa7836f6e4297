/** What is at one place of a folder tree, by find(1)'s words; `path` is '' for the folder itself. */
export interface TreeEntry {
  readonly path: string;
  /** f, d, l, s, p, b or c. */
  readonly type: string;
  /** Mode, owner and group, in numbers. */
  readonly rights: string;
  readonly sizeBytes: number;
  /** As find writes it, with its fraction. */
  readonly modified: string;
  /** When anything of it changed last, by the clock of its host, in s. */
  readonly changedS: number;
  /** The same for all names of one file. */
  readonly inode: string;
  readonly names: number;
  /** Where a symlink leads to. */
  readonly target: string;
}

/** What find(1) is asked to print of each entry: fields and entries end with a zero byte, for a name may hold anything else. */
export const treeFormat = '%y\\0%m %U %G\\0%s\\0%T@\\0%C@\\0%i\\0%n\\0%l\\0%P\\0';

const fields = 9;

/** Reads the whole output of `find FOLDER -printf treeFormat`, as latin1, so that every byte of a name is kept. */
export function parseTree(text: string): readonly TreeEntry[] {
  const words = text.split('\0');
  const entries: TreeEntry[] = [];
  for (let at = 0; at + fields < words.length; at += fields) {
    const [type = '', rights = '', size = '', modified = '', changed = '', inode = '', names = ''] =
      words.slice(at, at + fields - 2);
    entries.push({
      path: words[at + fields - 1] ?? '',
      type,
      rights,
      sizeBytes: Number(size),
      modified,
      changedS: Number(changed),
      inode,
      names: Number(names),
      target: words[at + fields - 2] ?? '',
    });
  }
  return entries;
}

/** What makes one tree into another: paths that go first, in that order, and paths to send, folders before what is in them. */
export interface TreeDifference {
  readonly remove: readonly string[];
  readonly send: readonly string[];
  /** What is not sent, in the folders that are; what is below it, is not sent either. */
  readonly leave: readonly string[];
  readonly bytes: number;
}

/**
 * What differs by type, rights, size, time of modification or target, and all that changed since a moment of the sender's
 * clock, whatever it looks like now. With an entry go the folders above it, whose times change when it is written, and all
 * names of its file. Sockets do not travel.
 */
export function treeDifference(
  from: readonly TreeEntry[],
  to: readonly TreeEntry[],
  sinceS: number,
): TreeDifference {
  const wanted = from.filter(({ type }) => type !== 's');
  const there = new Map(to.map((entry) => [entry.path, entry]));
  const types = new Map(wanted.map(({ path, type }) => [path, type]));
  const changed = wanted.filter((entry) => entry.changedS >= sinceS || !isSame(entry, there.get(entry.path)));
  const inodes = new Set(changed.filter(hasNames).map(({ inode }) => inode));
  const sent = new Set(changed.map(({ path }) => path));
  for (const entry of wanted) if (hasNames(entry) && inodes.has(entry.inode)) sent.add(entry.path);
  for (const path of [...sent]) for (const folder of foldersOf(path)) sent.add(folder);
  const send = wanted.filter(({ path }) => sent.has(path)).toSorted(byPath);
  const files = new Map(send.filter(({ type }) => type === 'f').map((each) => [each.inode, each.sizeBytes]));
  const gone = to.filter(({ path, type }) => path !== '' && types.get(path) !== type).map(({ path }) => path);
  const goes = new Set(gone);
  return {
    // What is below a folder that goes, goes with it.
    remove: gone.filter((path) => !foldersOf(path).some((folder) => goes.has(folder))).toSorted(),
    send: send.map(({ path }) => path),
    leave: from
      .map(({ path }) => path)
      .filter((path) => !sent.has(path) && sent.has(foldersOf(path).at(-1) ?? path)),
    bytes: [...files.values()].reduce((sum, size) => sum + size, 0),
  };
}

function isSame(entry: TreeEntry, other: TreeEntry | undefined): boolean {
  return (
    other?.type === entry.type &&
    other.rights === entry.rights &&
    other.target === entry.target &&
    other.modified === entry.modified &&
    // The size of a folder is of its file system.
    (entry.type === 'd' || other.sizeBytes === entry.sizeBytes)
  );
}

function hasNames({ type, names }: TreeEntry): boolean {
  return type !== 'd' && names > 1;
}

function byPath(a: TreeEntry, b: TreeEntry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** The folders above a path, the tree's own among them. */
function foldersOf(path: string): readonly string[] {
  if (path === '') return [];
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))];
}
