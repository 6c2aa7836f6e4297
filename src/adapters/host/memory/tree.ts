import { constants } from 'node:os';
import { dirname, posix } from 'node:path';

export interface FileNode {
  readonly kind: 'file';
  readonly inode: number;
  readonly mode: number;
  readonly content: Uint8Array;
}

export interface LinkNode {
  readonly kind: 'symlink';
  readonly inode: number;
  readonly target: string;
}

export interface FolderNode {
  readonly kind: 'directory';
  readonly inode: number;
  readonly mode: number;
  readonly entries: Map<string, Node>;
}

/** What a name leads to. Two names of one file are a hard link. */
export type Node = FileNode | LinkNode | FolderNode;

/** As many as Linux follows: path_resolution(7). */
const mostLinks = 40;

/** A tree of files as POSIX has it, without owners. Refuses as the system calls would, with their errno words. */
export class FileTree {
  readonly #root: FolderNode;
  #inodes = 1;

  constructor() {
    this.#root = this.folder();
  }

  file(content: string | Uint8Array, mode: number): FileNode {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
    return { kind: 'file', inode: this.#inodes++, mode, content: bytes };
  }

  link(target: string): LinkNode {
    return { kind: 'symlink', inode: this.#inodes++, target };
  }

  folder(mode = 0o755): FolderNode {
    return { kind: 'directory', inode: this.#inodes++, mode, entries: new Map() };
  }

  /** What is at a path, links on the way followed, the last one only when asked; null when nothing is there. */
  find(path: string, follow: 'follow' | 'itself' = 'follow'): Node | null {
    const { place } = this.#walk(path, follow);
    return place;
  }

  /** The path with every link resolved; null when it leads to nothing. */
  realPath(path: string): string | null {
    const { place, real } = this.#walk(path, 'follow');
    return place === null ? null : real;
  }

  /** Puts a node to a path, in the place of what is there; the folder must exist. */
  put(path: string, node: Node): void {
    const folder = this.find(dirname(path));
    if (folder === null) throw osError('ENOENT');
    if (folder.kind !== 'directory') throw osError('ENOTDIR');
    folder.entries.set(posix.basename(path), node);
  }

  /** Makes a folder, of that mode, with the parents it lacks. */
  makeFolder(path: string, mode?: number): FolderNode {
    const found = this.find(path);
    if (found?.kind === 'directory') return found;
    if (found !== null) throw osError('ENOTDIR');
    this.makeFolder(dirname(path));
    const made = this.folder(mode);
    this.put(path, made);
    return made;
  }

  /** Takes a name away, with all below it. */
  take(path: string): void {
    const folder = this.find(dirname(path));
    if (folder?.kind === 'directory') folder.entries.delete(posix.basename(path));
  }

  #walk(path: string, follow: 'follow' | 'itself'): { place: Node | null; real: string } {
    let names = posix.normalize(path).split('/').filter(Boolean);
    let links = 0;
    let place: Node = this.#root;
    let real: string[] = [];
    const above: FolderNode[] = [];
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      if (place.kind !== 'directory') return { place: null, real: '' };
      if (name === '..') {
        place = above.pop() ?? this.#root;
        real = real.slice(0, -1);
        continue;
      }
      const next = place.entries.get(name);
      if (next === undefined) return { place: null, real: '' };
      if (next.kind === 'symlink' && (names.length > 0 || follow === 'follow')) {
        if (++links > mostLinks) throw osError('ELOOP');
        names = [...next.target.split('/').filter((part) => part !== '' && part !== '.'), ...names];
        if (!next.target.startsWith('/')) continue;
        place = this.#root;
        real = [];
        above.length = 0;
        continue;
      }
      above.push(place);
      place = next;
      real.push(name);
    }
    return { place, real: `/${real.join('/')}` };
  }
}

/** An error as a system call of node has it. */
export function osError(code: keyof typeof constants.errno): Error {
  return Object.assign(new Error(code), { code, errno: -constants.errno[code], syscall: 'memory' });
}
