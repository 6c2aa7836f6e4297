import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { type AppDescription, printOf, valueHashes } from '../../core/model/host-record.ts';
import type { AppRequest } from '../../core/model/app.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import { manifestOf } from '../../core/model/manifest-of.ts';
import type { GivenDescription, HostRecords } from '../../ports/host-records.ts';
import { isAbsent, refusal } from '../files/refusal.ts';
import { folderOf, hostOf, stateFolder } from './host-folder.ts';
import { replaceFile } from './replace-file.ts';

/** Of so many hosts something is kept; the one that was changed longest ago makes room. */
const mostHosts = 512;

const descriptionsFile = z.object({
  schema: z.literal(1),
  apps: z.record(
    z.string(),
    z.object({
      paths: z.array(z.string()),
      overlays: z.array(z.string()),
      format: z.optional(z.string()),
      profiles: z.optional(z.array(z.string())),
      print: z.string(),
      salt: z.string(),
      hashes: z.array(z.string()),
    }),
  ),
});

type Descriptions = Readonly<Record<string, AppDescription>>;

/** What is kept in the user's folder of state: for each host its manifest, and where its apps were described. */
export function createHostRecords(root = path.join(stateFolder(), 'hosts')): HostRecords {
  const manifestFile = (host: string): string => path.join(root, folderOf(host), 'manifest.json');
  const descriptionsOf = (host: string): string => path.join(root, folderOf(host), 'descriptors.json');

  async function descriptions(host: string): Promise<Descriptions> {
    const text = await textOf(descriptionsOf(host));
    // They only say where values can be read again; without them, they are asked for.
    return text === null ? {} : readDescriptions(text);
  }

  return {
    async read(host) {
      const file = manifestFile(host);
      const text = await textOf(file);
      if (text === null) return null;
      return { manifest: manifestOf(text, file), descriptions: await descriptions(host) };
    },
    async hosts() {
      const names = await guard(root, () => orNone(() => readdir(root)));
      return names.flatMap((name) => hostOf(name) ?? []).toSorted();
    },
    async keep(host, manifest, given) {
      const file = manifestFile(host);
      const isNew = await replaceChanged(file, `${JSON.stringify(manifest)}\n`);
      const before = await descriptions(host);
      const after = descriptionsAfter(before, manifest, given);
      if (Object.keys(after).length > 0 || Object.keys(before).length > 0)
        await replaceChanged(descriptionsOf(host), `${JSON.stringify({ schema: 1, apps: after })}\n`);
      if (isNew) await makeRoom(root);
    },
  };
}

/** The description of an app as it is given now, without values: only a print of them, under a salt of its own. */
export function describe(
  request: AppRequest,
  asked: Omit<GivenDescription, 'print' | 'salt'>,
): GivenDescription {
  const salt = randomBytes(16).toString('hex');
  return { ...asked, salt, print: printOf(request, salt) };
}

/** What was given now, and what was given before of apps that are still there. */
function descriptionsAfter(
  before: Descriptions,
  manifest: Manifest,
  given: Readonly<Record<string, GivenDescription>>,
): Descriptions {
  const apps = [...new Set(manifest.instances.map(({ app }) => app))].toSorted();
  return Object.fromEntries(
    apps.flatMap((app): readonly [string, AppDescription][] => {
      const now = given[app];
      if (now !== undefined) return [[app, { ...now, hashes: valueHashes(manifest, app) }]];
      const old = before[app];
      return old === undefined ? [] : [[app, old]];
    }),
  );
}

function readDescriptions(text: string): Descriptions {
  const parsed = descriptionsFile.safeParse(jsonOf(text));
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data.apps).map(([app, { format, profiles, ...rest }]) => [
      app,
      {
        ...rest,
        ...(format === undefined ? {} : { format }),
        ...(profiles === undefined ? {} : { profiles }),
      },
    ]),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whether the file was not there before. */
async function replaceChanged(file: string, content: string): Promise<boolean> {
  const before = await textOf(file);
  if (before !== content) await guard(file, () => replaceFile(file, content));
  return before === null;
}

/** The hosts beyond the most go, the oldest first. */
async function makeRoom(root: string): Promise<void> {
  const names = await guard(root, () => readdir(root));
  if (names.length <= mostHosts) return;
  const aged = await guard(root, () =>
    Promise.all(names.map(async (name) => ({ name, ms: (await stat(path.join(root, name))).mtimeMs }))),
  );
  const old = aged.toSorted((a, b) => a.ms - b.ms).slice(0, names.length - mostHosts);
  for (const { name } of old)
    await guard(root, () => rm(path.join(root, name), { recursive: true, force: true }));
}

async function textOf(file: string): Promise<string | null> {
  return guard(file, async () => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  });
}

async function orNone(list: () => Promise<string[]>): Promise<string[]> {
  try {
    return await list();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function guard<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusal(error, 'keep', file);
  }
}
