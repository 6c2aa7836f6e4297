import type { SourceFile } from '../core/descriptor/document.ts';
import { localSource } from './context.ts';

/** The files of this machine by absolute path, each read when it is first asked for. */
export class LazyFiles {
  readonly #known = new Map<string, SourceFile>();
  readonly #mostBytes: number;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get(path: string): SourceFile {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const read = localSource(path, this.#mostBytes);
    this.#known.set(path, read);
    return read;
  }
}
