import { gzipSync } from 'node:zlib';
import type { DirectoryEntry, Files, NewFile } from '../../ports/files.ts';
import { errnoIn, remoteRefusal } from './file-failure.ts';
import type { HostLink } from './link.ts';
import type { Answer } from './shell.ts';
import type { ShellFunction } from './shell-script.ts';
import { packTar, type TarEntry } from './tar.ts';

/**
 * The files of a host over its link, as durable as on this machine. A folder travels as one compressed stream, without
 * what the host already has: that is linked there.
 */
export function createRemoteFiles(link: HostLink): Files {
  async function ask(
    name: ShellFunction,
    verb: string,
    args: readonly [string, ...string[]],
    content?: Uint8Array,
  ): Promise<Answer> {
    const answer = await link.request(name, args, content);
    if (answer.status === 0) return answer;
    const { facts } = await link.greeting();
    throw remoteRefusal(answer.complaint, verb, args[0], facts.uid);
  }

  /** The same, null where nothing is at the path. */
  async function askIfThere(name: ShellFunction, verb: string, path: string): Promise<Answer | null> {
    const answer = await link.request(name, [path]);
    const isWhole = answer.status === 0 && answer.complaint === '';
    const errno = errnoIn(answer.complaint);
    if (!isWhole && (errno === 'ENOENT' || errno === 'ENOTDIR')) return null;
    // readlink(2): EINVAL is "not a symbolic link".
    if (name === 'read_link' && errno === 'EINVAL') return null;
    if (answer.status === 0) return answer;
    const { facts } = await link.greeting();
    throw remoteRefusal(answer.complaint, verb, path, facts.uid);
  }

  async function read(path: string): Promise<Uint8Array | null> {
    return (await askIfThere('read_file', 'read', path))?.data ?? null;
  }

  /** What the host has of the files, in place of links that it could not make. */
  async function withContent(files: readonly NewFile[]): Promise<readonly NewFile[]> {
    return Promise.all(
      files.map(async ({ path, mode, content, sameAs }) => {
        const present = content ?? (sameAs === undefined ? null : await read(sameAs));
        if (present === null) throw new TypeError(`Neither content nor sameAs for ${path}`);
        return { path, mode, content: present };
      }),
    );
  }

  return {
    read,
    async list(path) {
      const { data, status, complaint } = await link.request('list', [path]);
      if (isWhole(status, complaint)) return entriesOf(data);
      throw remoteRefusal(complaint, 'read', path, (await link.greeting()).facts.uid);
    },
    readLink: async (path) => (await askIfThere('read_link', 'read', path))?.data.toString('utf8') ?? null,
    exists: async (path) => (await askIfThere('look', 'look at', path)) !== null,
    async writeFolder(path, files) {
      const answer = await link.request('write_folder', [path], archive(files));
      if (answer.status === 0) return;
      const linked = files.some(({ sameAs }) => sameAs !== undefined);
      const again = linked && /hard link/i.test(answer.complaint) ? await withContent(files) : null;
      if (again !== null) await ask('write_folder', 'write', [path], archive(again));
      else throw remoteRefusal(answer.complaint, 'write', path, (await link.greeting()).facts.uid);
    },
    async writeInto(path, files) {
      await ask('write_into', 'write', [path], archive([...files]));
    },
    async write(path, content, mode, folderMode = 0o755) {
      await ask('write_file', 'write', [path, octal(mode), octal(folderMode)], bytesOf(content));
    },
    receive: async (path, gzipped, digest, signal) =>
      (await import('./receive.ts')).receiveRemote(link, { path, gzipped, digest, signal }),
    async link(path, target) {
      await ask('make_link', 'link', [path, target]);
    },
    async remove(path) {
      await ask('remove', 'remove', [path]);
    },
    async removeFolder(path) {
      await ask('remove_folder', 'remove', [path]);
    },
    async freeBytes(path) {
      const { data } = await ask('free_blocks', 'look at', [path]);
      const [blocks = 0, size = 0] = data.toString('utf8').split(' ').map(Number);
      return blocks * size;
    },
  };
}

function archive(files: readonly NewFile[]): Uint8Array {
  const entries = files.map(({ path, mode, content, sameAs }): TarEntry => {
    if (sameAs !== undefined) return { path, mode, content: { linkTo: sameAs } };
    if (content === undefined) throw new TypeError(`Neither content nor sameAs for ${path}`);
    return { path, mode, content: bytesOf(content) };
  });
  return gzipSync(packTar(entries));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8);
}

/** Whether find(1) missed nothing but what went meanwhile, the folder itself included. */
function isWhole(status: number, complaint: string): boolean {
  if (complaint === '') return status === 0;
  const lines = complaint.split('\n');
  return status !== 0 && lines.every((line) => /: (No such file or|Not a) directory$/.test(line));
}

/** What find(1) printed: name, kind and target, each ended by NUL. A link without a target went meanwhile. */
function entriesOf(data: Buffer): readonly DirectoryEntry[] {
  const fields = data.toString('utf8').split('\0').slice(0, -1);
  const entries: DirectoryEntry[] = [];
  for (let at = 0; at < fields.length; at += 3) {
    const [name = '', kind = '', target = ''] = fields.slice(at, at + 3);
    if (kind === 'l' && target !== '') entries.push({ name, kind: 'symlink', target });
    else if (kind !== 'l') entries.push({ name, kind: kinds[kind] ?? 'other' });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const kinds: Readonly<Record<string, 'file' | 'directory'>> = { f: 'file', d: 'directory' };
