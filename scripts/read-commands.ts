import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '@oclif/core';
import type { PJSON } from '@oclif/core/interfaces';
import type { CommandTable } from '../src/cli/command-table.ts';

type CommandModule = { default: Command.Class };

// oclif's own reduction of a command class to manifest data; its package exports it only through a
// plugin loader, which wants to find and import the modules by itself.
const require = createRequire(import.meta.url);
const { cacheCommand } = require(
  path.join(path.dirname(require.resolve('@oclif/core')), 'util', 'cache-command.js'),
) as { cacheCommand: (command: Command.Class, plugin: object) => Promise<Command.Cached> };

/** Command ids and their module files, relative to `root`: `src/commands/host/add.ts` is `host:add`. */
export async function findCommands(root: string): Promise<Map<string, string>> {
  const source = await readdir(path.join(root, 'src'), { recursive: true });
  const files = source.filter((file) => /^commands\/.*\.ts$/.test(file)).sort();
  return new Map(files.map((file) => [commandId(file), `src/${file}`]));
}

function commandId(file: string): string {
  return file.replace(/^commands\/|\.ts$/g, '').replaceAll('/', ':');
}

/** What of package.json oclif and the commands need to know at run time. */
async function readPackage(root: string): Promise<PJSON> {
  const pjson = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as PJSON;
  const { name, version, description, oclif } = pjson as PJSON & { description: string };
  return { name, version, description, oclif };
}

/** Imports every command under `root` and describes it: the same table that a build carries within itself. */
export async function readCommands(root: string): Promise<CommandTable> {
  const pjson = await readPackage(root);
  const table: CommandTable = { root, pjson, manifest: {}, load: {} };
  for (const [id, file] of await findCommands(root)) {
    const load = async () =>
      ((await import(/* @vite-ignore */ pathToFileURL(path.join(root, file)).href)) as CommandModule).default;
    const command = await load();
    command.id = id;
    table.load[id] = load;
    table.manifest[id] = await cacheCommand(command, { name: pjson.name, alias: pjson.name, type: 'core' });
  }
  return table;
}
