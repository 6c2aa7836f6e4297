import path from 'node:path';
import type { ReadApp } from '../../core/descriptor/checks/read-app.ts';
import type { AppRequest } from '../../core/model/app.ts';
import { hashOf } from '../../core/model/hash.ts';
import type { Descriptors, Look } from '../../controller/descriptors.ts';
import type { ScannedFile } from '../../controller/machine/events.ts';
import type { Failure } from '../../errors/failure.ts';
import type { Watcher } from '../../ports/watcher.ts';
import { linkedFile, localFolder, recordLocalReads, signatureOf } from '../context.ts';
import { readApps } from '../read-apps.ts';

/** One descriptor as it was read last. */
interface Known {
  /** Every file that reading it asked for, with what it looked like before that. */
  readonly signatures: ReadonlyMap<string, string>;
  readonly hash: string;
  readonly app: ReadApp | null;
  readonly failures: readonly Failure[];
}

/** The descriptors of folders of this machine: what was read is read again only when one of its files changed. */
export class DescriptorFolders implements Descriptors {
  readonly #folders: readonly string[];
  readonly #watcher: Watcher;
  #known: ReadonlyMap<string, Known> = new Map();
  #last: Look | null = null;
  /** Files outside of the folders that descriptors refer to. */
  #elsewhere: readonly string[] = [];

  constructor(folders: readonly string[], watcher: Watcher) {
    this.#folders = folders;
    this.#watcher = watcher;
  }

  async look(): Promise<Look> {
    const lost: string[] = [];
    const known = new Map<string, Known>();
    for (const folder of this.#folders) {
      const files = await descriptorsIn(folder);
      if (files.length === 0) lost.push(folder);
      // One after the other, so that what is asked for belongs to one of them.
      for (const file of files) known.set(file, await this.#read(file));
    }
    const isSame = sameEntries(known, this.#known) && String(lost) === String(this.#last?.scan.lost);
    this.#known = known;
    if (!isSame || this.#last === null) {
      this.#last = await judge(known, lost);
      this.#elsewhere = this.#outside(known);
    }
    await this.#watcher.follow(this.#folders, this.#elsewhere);
    return this.#last;
  }

  async #read(file: string): Promise<Known> {
    const before = this.#known.get(file);
    if (before !== undefined && isUnchanged(before)) return before;
    // Looked at before it is read: what changes meanwhile looks different next time.
    const own = signatureOf(file);
    const { value, paths } = await recordLocalReads(() => readApps({ paths: [file], overlays: [] }));
    const [app = null] = value.read;
    return {
      signatures: new Map(paths.map((each) => [each, each === file ? own : signatureOf(each)])),
      hash: app === null ? '' : hashOf(comparable(app.request)),
      app,
      failures: value.failures,
    };
  }

  /** Files that lie elsewhere, or are links to such. */
  #outside(known: ReadonlyMap<string, Known>): readonly string[] {
    const all = new Set([...known.values()].flatMap(({ signatures }) => [...signatures.keys()]));
    const ends = [...all].flatMap((file) => [file, linkedFile(file) ?? []].flat());
    return ends.filter((file) => !this.#folders.some((folder) => file.startsWith(`${folder}/`))).toSorted();
  }
}

/** As `gear apply FOLDER` has it: each YAML or JSON file in it, without those of folders below. */
async function descriptorsIn(folder: string): Promise<readonly string[]> {
  const names = (await localFolder(folder)) ?? [];
  return names.filter((name) => /^[^.].*\.(ya?ml|json)$/.test(name)).map((name) => path.join(folder, name));
}

function isUnchanged({ signatures }: Known): boolean {
  for (const [file, signature] of signatures) if (signatureOf(file) !== signature) return false;
  return true;
}

function sameEntries<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

/** Each descriptor with what is wrong between it and the others. */
async function judge(known: ReadonlyMap<string, Known>, lost: readonly string[]): Promise<Look> {
  const { checkApps } = await import('../../core/descriptor/checks/check-apps.ts');
  const findings = await checkApps([...known.values()].flatMap(({ app }) => app ?? []));
  const requests = new Map<string, AppRequest>();
  const files = [...known].map(([file, { app, hash, failures }]): ScannedFile => {
    const between = findings.flatMap((finding) =>
      app !== null && finding.apps.includes(app) ? [finding.failure] : [],
    );
    const all = [...failures, ...between];
    if (app === null || all.length > 0) return { path: file, failures: all };
    requests.set(app.request.app, app.request);
    return { path: file, app: app.request.app, hash };
  });
  return { scan: { files, lost }, requests };
}

/** The request as JSON can hold it. */
function comparable(request: AppRequest): unknown {
  return JSON.parse(
    JSON.stringify(request, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );
}
