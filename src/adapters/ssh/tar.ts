/** A file of an archive: its content, or `linkTo`, an absolute path that a hard link is made to. */
export interface TarEntry {
  readonly path: string;
  readonly mode: number;
  readonly content: Uint8Array | { readonly linkTo: string };
}

const blockBytes = 512;
const longestName = 100;

/**
 * An archive as POSIX has it (ustar, pax(1)), owned by root. Names above 100 bytes go into a pax header of their own. A
 * folder's worth of small files: a library for this is larger than what it would do here.
 */
export function packTar(entries: readonly TarEntry[]): Buffer {
  const folders = new Set<string>();
  const blocks = entries.flatMap((entry) => [...foldersOf(entry.path, folders), ...blocksOf(entry)]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

/** The folders that a path needs and that are not in the archive yet, parents first. */
function foldersOf(path: string, made: Set<string>): readonly Buffer[] {
  const parts = path.split('/').slice(0, -1);
  return parts.flatMap((_, at) => {
    const folder = `${parts.slice(0, at + 1).join('/')}/`;
    if (made.has(folder)) return [];
    made.add(folder);
    return headersOf({ name: folder, mode: 0o755, size: 0, type: '5', link: '' });
  });
}

function blocksOf({ path, mode, content }: TarEntry): readonly Buffer[] {
  if ('linkTo' in content) return headersOf({ name: path, mode, size: 0, type: '1', link: content.linkTo });
  const padding = (blockBytes - (content.length % blockBytes)) % blockBytes;
  return [
    ...headersOf({ name: path, mode, size: content.length, type: '0', link: '' }),
    Buffer.from(content),
    Buffer.alloc(padding),
  ];
}

interface Header {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
  readonly type: '0' | '1' | '5' | 'x';
  readonly link: string;
}

function headersOf(header: Header): readonly Buffer[] {
  const long = [
    ...(Buffer.byteLength(header.name) > longestName ? [paxRecord('path', header.name)] : []),
    ...(Buffer.byteLength(header.link) > longestName ? [paxRecord('linkpath', header.link)] : []),
  ].join('');
  if (long === '') return [headerOf(header)];
  const records = Buffer.from(long);
  const padding = (blockBytes - (records.length % blockBytes)) % blockBytes;
  return [
    headerOf({ name: 'pax', mode: 0o644, size: records.length, type: 'x', link: '' }),
    records,
    Buffer.alloc(padding),
    headerOf(header),
  ];
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return `${length} ${key}=${value}\n`;
}

function headerOf({ name, mode, size, type, link }: Header): Buffer {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, longestName);
  block.write(octal(mode & 0o7777, 7), 100);
  block.write(octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11), 108);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(link, 157, longestName);
  block.write('ustar\x0000root\0', 257);
  block.write('root\0', 297);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
