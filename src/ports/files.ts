/** One entry of a folder. `target` is set for symlinks. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly target?: string;
}

/** A file to write: content, or `sameAs`, an existing file that a hard link may serve for. */
export interface NewFile {
  /** Relative to the folder that is written. */
  readonly path: string;
  readonly mode: number;
  readonly content?: string | Uint8Array;
  readonly sameAs?: string;
}

/** A file of a folder by its name, with its content. */
export type PlainFile = Required<Pick<NewFile, 'path' | 'mode' | 'content'>>;

/**
 * Files of a host. Absence is data, not an error; everything else the operating system refuses rejects with
 * FailureError DISK_FULL, NOT_ROOT or FILE_FAILED.
 */
export interface Files {
  /** The content, or null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  /** Entries sorted by name; empty when there is no such folder. */
  list(path: string): Promise<readonly DirectoryEntry[]>;
  /** The target of a symlink; null when absent or not a link. */
  readLink(path: string): Promise<string | null>;
  exists(path: string): Promise<boolean>;
  /**
   * Tells that a file is not the one it was; null when there is none. Absent where to ask takes as long as to read.
   */
  signature?(path: string): Promise<string | null>;
  /**
   * Writes a whole folder: beside its place, synced, then renamed. A crash leaves it whole or absent (a leftover
   * `.tmp` is replaced by the next write). Fails when the folder exists.
   */
  writeFolder(path: string, files: readonly NewFile[]): Promise<void>;
  /**
   * Writes files as they come into a folder, made where it is not there: all are in their places when the last has come,
   * and none when the iteration throws. None survives a power cut for certain: for what can be made again.
   */
  writeInto(path: string, files: Iterable<PlainFile>): Promise<void>;
  /**
   * Writes one file atomically (temporary, fsync, rename, fsync of the folder); makes its folder, 0755 unless
   * `folderMode` says otherwise.
   */
  write(path: string, content: string | Uint8Array, mode: number, folderMode?: number): Promise<void>;
  /**
   * Writes one file, 0600 in a folder of 0700, of what comes compressed by gzip. It is under its name once it has the
   * digest ('sha256:…') and is synced; IMAGE_DAMAGED when it has another. Aborting leaves nothing under the name.
   */
  receive(
    path: string,
    gzipped: AsyncIterable<Uint8Array>,
    digest: string,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Makes or replaces a symlink with one rename; makes its folder. */
  link(path: string, target: string): Promise<void>;
  /** Removes a file or link; absent is no error. */
  remove(path: string): Promise<void>;
  /** Removes a folder and all below it; absent is no error. */
  removeFolder(path: string): Promise<void>;
  /** Bytes that root can still write on the file system of the path (its nearest existing parent). */
  freeBytes(path: string): Promise<number>;
}
