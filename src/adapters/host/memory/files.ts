import { createHash } from 'node:crypto';
import { dirname, isAbsolute, normalize } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DirectoryEntry, Files, NewFile, PlainFile } from '../../../ports/files.ts';
import { damaged } from '../../files/receive.ts';
import { refusal } from '../../files/refusal.ts';
import type { CallLog } from './calls.ts';
import type { Node } from './tree.ts';
import { FileTree, osError } from './tree.ts';

const permissionBits = 0o7777;
const manyBytes = 100 * 1024 ** 3;

/** Files in memory. What they promise is in the port; a full disk or other refusal is `calls.refuse`d. */
export class MemoryFiles implements Files {
  readonly tree = new FileTree();
  readonly #calls: CallLog;
  /** What freeBytes answers. */
  free = manyBytes;

  constructor(calls: CallLog) {
    this.#calls = calls;
  }

  /** Puts a file there without a note in the log: the state that a test begins with. */
  place(path: string, content: string, mode = 0o644): void {
    this.tree.makeFolder(dirname(path));
    this.tree.put(path, this.tree.file(content, mode));
  }

  /** Puts a symlink there without a note in the log. */
  placeLink(path: string, target: string): void {
    this.tree.makeFolder(dirname(path));
    this.tree.put(path, this.tree.link(target));
  }

  /** The content as text; null when there is no such file. For whoever looks without a port. */
  textOf(path: string): string | null {
    const node = this.tree.find(path);
    return node?.kind === 'file' ? new TextDecoder().decode(node.content) : null;
  }

  /** The permission bits of what is at a path. */
  modeOf(path: string): number | null {
    const node = this.tree.find(path);
    return node === null || node.kind === 'symlink' ? null : node.mode;
  }

  read(path: string): Promise<Uint8Array | null> {
    return this.#guard('read', path, () => {
      const node = this.tree.find(path);
      if (node?.kind === 'directory') throw osError('EISDIR');
      return node?.kind === 'file' ? node.content.slice() : null;
    });
  }

  list(path: string): Promise<readonly DirectoryEntry[]> {
    return this.#guard('list', path, () => {
      const node = this.tree.find(path);
      if (node?.kind !== 'directory') return [];
      return [...node.entries]
        .map(([name, entry]) => entryOf(name, entry))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    });
  }

  readLink(path: string): Promise<string | null> {
    return this.#guard('read', path, () => {
      const node = this.tree.find(path, 'itself');
      return node?.kind === 'symlink' ? node.target : null;
    });
  }

  exists(path: string): Promise<boolean> {
    return this.#guard('look at', path, () => this.tree.find(path) !== null);
  }

  writeFolder(path: string, files: readonly NewFile[]): Promise<void> {
    return this.#guard('write', path, () => {
      if (this.tree.find(path, 'itself') !== null) throw osError('EEXIST');
      // All of it is made before any of it is to be seen, as the rename of the real one does.
      const nodes = files.map((file) => [belowFolder(file.path), this.#nodeFor(file)] as const);
      this.#calls.note(`files.writeFolder ${path}`);
      this.tree.take(`${path}.tmp`);
      this.tree.makeFolder(path);
      for (const [name, node] of nodes) {
        this.tree.makeFolder(dirname(`${path}/${name}`));
        this.tree.put(`${path}/${name}`, node);
      }
    });
  }

  writeInto(path: string, files: Iterable<PlainFile>): Promise<void> {
    return this.#guard('write', path, () => {
      this.#calls.note(`files.writeInto ${path}`);
      for (const file of [...files]) {
        if (file.path.includes('/')) throw new TypeError(`Not of its folder: ${file.path}`);
        const place = `${path}/${file.path}`;
        if (this.tree.find(place, 'itself')?.kind === 'directory') throw osError('EISDIR');
        this.tree.makeFolder(path);
        this.tree.put(place, this.tree.file(file.content, file.mode & permissionBits));
      }
    });
  }

  write(path: string, content: string | Uint8Array, mode: number, folderMode?: number): Promise<void> {
    return this.#guard('write', path, () => {
      if (this.tree.find(path, 'itself')?.kind === 'directory') throw osError('EISDIR');
      this.#calls.note(`files.write ${path}`);
      this.tree.makeFolder(dirname(path), folderMode);
      this.tree.put(path, this.tree.file(content, mode & permissionBits));
    });
  }

  async receive(path: string, gzipped: AsyncIterable<Uint8Array>, digest: string): Promise<void> {
    const pieces: Uint8Array[] = [];
    for await (const piece of gzipped) pieces.push(piece);
    await this.#guard('write', path, () => {
      const content = unpacked(Buffer.concat(pieces));
      if (content === null || digestOf(content) !== digest) throw damaged(path, digest);
      this.#calls.note(`files.receive ${path}`);
      this.tree.makeFolder(dirname(path), 0o700);
      this.tree.put(path, this.tree.file(content, 0o600));
    });
  }

  link(path: string, target: string): Promise<void> {
    return this.#guard('link', path, () => {
      const found = this.tree.find(path, 'itself');
      if (found !== null && found.kind !== 'symlink') throw osError('EEXIST');
      this.#calls.note(`files.link ${path} -> ${target}`);
      this.tree.makeFolder(dirname(path));
      this.tree.put(path, this.tree.link(target));
    });
  }

  remove(path: string): Promise<void> {
    return this.#guard('remove', path, () => {
      const found = this.tree.find(path, 'itself');
      if (found === null) return;
      if (found.kind === 'directory') throw osError('EISDIR');
      this.#calls.note(`files.remove ${path}`);
      this.tree.take(path);
    });
  }

  removeFolder(path: string): Promise<void> {
    return this.#guard('remove', path, () => {
      const doomed = [path, `${path}.tmp`].filter((each) => this.tree.find(each, 'itself') !== null);
      if (doomed.length === 0) return;
      this.#calls.note(`files.removeFolder ${path}`);
      for (const each of doomed) this.tree.take(each);
    });
  }

  freeBytes(path: string): Promise<number> {
    return this.#guard('look at', path, () => this.free);
  }

  #nodeFor(file: NewFile): Node {
    const mode = file.mode & permissionBits;
    if (file.sameAs === undefined && file.content === undefined)
      throw new TypeError(`Neither content nor sameAs for ${file.path}`);
    const same = file.sameAs === undefined ? null : this.tree.find(file.sameAs);
    if (same?.kind === 'file' && same.mode === mode) return same;
    if (file.content !== undefined) return this.tree.file(file.content, mode);
    if (same?.kind !== 'file') throw osError('ENOENT');
    return this.tree.file(same.content, mode);
  }

  /** An errno becomes a failure, as with real files; a call that changes nothing is not noted. */
  async #guard<T>(verb: string, path: string, work: () => T): Promise<T> {
    try {
      return await Promise.resolve(work());
    } catch (error) {
      if (error instanceof Error && 'errno' in error) throw refusal(error, verb, path, 0);
      throw error;
    }
  }
}

function entryOf(name: string, node: Node): DirectoryEntry {
  return node.kind === 'symlink' ? { name, kind: 'symlink', target: node.target } : { name, kind: node.kind };
}

function belowFolder(path: string): string {
  if (isAbsolute(path) || normalize(path).startsWith('..'))
    throw new TypeError(`Not below its folder: ${path}`);
  return path;
}

function unpacked(gzipped: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(gzipped);
  } catch (error) {
    // Node's codes of zlib: it is no gzip, or not all of it.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return null;
    throw error;
  }
}

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
