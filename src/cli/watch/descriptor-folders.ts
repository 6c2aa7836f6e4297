import { hash } from 'node:crypto';
import path from 'node:path';
import type { ReadApp } from '../../core/descriptor/checks/read-app.ts';
import type { AppRequest } from '../../core/model/app.ts';
import type { Descriptors, Look } from '../../controller/descriptors.ts';
import type { ScannedFile } from '../../controller/machine/events.ts';
import type { Failure } from '../../errors/failure.ts';
import type { Watcher } from '../../ports/watcher.ts';
import { recordLocalReads } from '../context.ts';
import { variableFiles } from '../folder-variables.ts';
import { readGroups } from '../read-apps.ts';
import type { KnownFolders } from '../read-descriptor.ts';
import { type FolderApp, FolderApps } from './folder-apps.ts';
import { Sightings } from './sightings.ts';

/** One app as it was read last. */
interface Known {
  /** Every file that reading it asked for, with what it looked like before that. */
  readonly signatures: ReadonlyMap<string, string>;
  /** Of those, and where links among them lead to: what lies outside of the watched folders. */
  readonly elsewhere: readonly string[];
  readonly hash: string;
  readonly app: ReadApp | null;
  readonly failures: readonly Failure[];
}

/** What one look has found so far, for all apps. */
interface Seen {
  readonly sightings: Sightings;
  readonly variables: KnownFolders;
}

/** The descriptors of folders of this machine: what was read is read again only when one of its files changed. */
export class DescriptorFolders implements Descriptors {
  readonly #folders: readonly string[];
  readonly #apps: FolderApps;
  readonly #watcher: Watcher;
  #known: ReadonlyMap<string, Known> = new Map();
  #last: Look | null = null;
  /** Files outside of the folders that descriptors refer to. */
  #elsewhere: readonly string[] = [];

  constructor(folders: readonly string[], watcher: Watcher) {
    this.#folders = folders;
    this.#apps = new FolderApps(folders);
    this.#watcher = watcher;
  }

  async look(): Promise<Look> {
    const sightings = new Sightings();
    const variables: KnownFolders = new Map();
    const beside = new Map<string, readonly string[]>();
    const known = new Map<string, Known>();
    const lost: string[] = [];
    for (const [folder, apps] of await this.#apps.look(sightings)) {
      if (apps.length === 0) lost.push(folder);
      // One after the other, so that what is asked for belongs to one of them.
      for (const app of apps) {
        const own = filesOf(app, beside);
        const before = this.#known.get(app.source);
        const isUnchanged = before !== undefined && looksTheSame(before, own, sightings);
        known.set(app.source, isUnchanged ? before : await this.#read(app, own, { sightings, variables }));
      }
    }
    const isSame = sameEntries(known, this.#known) && String(lost) === String(this.#last?.scan.lost);
    this.#known = known;
    if (!isSame || this.#last === null) {
      this.#last = await judge(known, lost);
      this.#elsewhere = [...new Set([...known.values()].flatMap(({ elsewhere }) => elsewhere))].toSorted();
    }
    await this.#watcher.follow(this.#folders, this.#elsewhere);
    return this.#last;
  }

  async #read(app: FolderApp, own: ReadonlySet<string>, { sightings, variables }: Seen): Promise<Known> {
    // Looked at before they are read: what changes meanwhile looks different next time.
    const seen = [...own].map((file): [string, string] => [file, sightings.signature(file)]);
    // What is around is for looking: of a group it would stand for all files that it may refer to.
    const { source: _source, around: _around, ...group } = app;
    const { value, paths } = await recordLocalReads(() =>
      readGroups(
        [{ ...group, files: app.files.map(({ path: file }) => this.#apps.descriptor(file)) }],
        undefined,
        { known: variables, each: true },
      ),
    );
    const [read = null] = value.read;
    const others = paths.filter((file) => !own.has(file));
    return {
      signatures: new Map([
        ...seen,
        ...others.map((file): [string, string] => [file, sightings.signature(file)]),
      ]),
      elsewhere: [...own, ...others]
        .flatMap((file) => [file, sightings.target(file) ?? []].flat())
        .filter((file) => !this.#folders.some((folder) => file.startsWith(`${folder}/`))),
      hash: read === null ? '' : digestOf(read.request),
      app: read,
      failures: value.failures,
    };
  }
}

/**
 * The files of an app that are known before it is read. A folder has the same files of variables for all its apps: to ask
 * for each would copy this process's environment a thousand times.
 */
function filesOf({ files, around }: FolderApp, beside: Map<string, readonly string[]>): ReadonlySet<string> {
  const own = new Set(around);
  for (const { path: file } of files) own.add(file);
  const [first] = files;
  if (first === undefined) return own;
  const folder = path.dirname(first.path);
  const found = beside.get(folder) ?? variableFiles(folder);
  beside.set(folder, found);
  for (const file of found) own.add(file);
  return own;
}

function looksTheSame(
  { signatures: before }: Known,
  own: ReadonlySet<string>,
  sightings: Sightings,
): boolean {
  for (const file of own) if (!before.has(file)) return false;
  for (const [file, signature] of before) if (sightings.signature(file) !== signature) return false;
  return true;
}

function sameEntries<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

/** Each descriptor with what is wrong between it and the others. */
async function judge(known: ReadonlyMap<string, Known>, lost: readonly string[]): Promise<Look> {
  const { checkBetween } = await import('../../core/descriptor/checks/check-apps.ts');
  const found = new Map<ReadApp, readonly Failure[]>();
  for (const { apps, failure } of await checkBetween([...known.values()].flatMap(({ app }) => app ?? []))) {
    for (const app of apps) found.set(app, [...(found.get(app) ?? []), failure]);
  }
  const requests = new Map<string, AppRequest>();
  const files = [...known].map(([file, { app, hash, failures }]): ScannedFile => {
    const between = app === null ? [] : found.get(app);
    const all = [...failures, ...(between ?? [])];
    if (app === null || all.length > 0) return { path: file, failures: all };
    requests.set(app.request.app, app.request);
    return { path: file, app: app.request.app, hash };
  });
  return { scan: { files, lost }, requests };
}

/** Tells requests apart. A text that says the same in another order is another one, which is applied in vain. */
function digestOf(request: AppRequest): string {
  // Of bytes JSON makes an object with a key for each; to look for them in what has none takes longer than all else.
  const hasBytes = request.containers.some(({ files }) => files !== undefined);
  const text = hasBytes ? JSON.stringify(request, inBase64) : JSON.stringify(request);
  return hash('sha256', text, 'base64');
}

function inBase64(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
