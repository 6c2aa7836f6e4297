import { keyedHash } from '../core/model/keyed-hash.ts';
import { paths } from '../core/model/paths.ts';
import type { Files } from '../ports/files.ts';

const rootOnly = 0o600;

/** Names the content of a file of configuration, as environments are named: it may hold what nobody should guess at. */
export function dataHash(key: Uint8Array, content: Uint8Array): string {
  const mark = new TextEncoder().encode('file\0');
  const marked = new Uint8Array(mark.length + content.length);
  marked.set(mark);
  marked.set(content, mark.length);
  return keyedHash(key, marked);
}

/** Writes the content under its hash, for root alone: the gate gives containers a copy with the mode that was asked for. */
export function writeData(files: Files, hash: string, content: Uint8Array): Promise<void> {
  return files.write(`${paths.files}/${hash}.data`, content, rootOnly);
}
