import type { Command } from '@oclif/core';
import type { PJSON, Plugin } from '@oclif/core/interfaces';

/** What a build, or a run from source, knows about the commands without loading any of them. */
export type CommandTable = {
  /** Folder of package.json. */
  root: string;
  pjson: PJSON;
  /** Everything that help and parsing of the command's name need, by command id. */
  manifest: Record<string, Command.Cached>;
  /** Loads one command's module, by command id. */
  load: Record<string, () => Promise<Command.Class>>;
};

/**
 * The table as oclif's root plugin. Given one, oclif reads no manifest, globs no folder and loads
 * only the command that runs.
 */
export function rootPlugin({ root, pjson, manifest, load }: CommandTable): Plugin {
  async function findCommand(id: string): Promise<Command.Class> {
    const loadCommand = load[id];
    if (loadCommand === undefined) throw new Error(`command ${id} is in the manifest and not in the table`);
    const command = await loadCommand();
    command.id = id;
    command.plugin = plugin;
    return command;
  }
  const plugin: Plugin = {
    _base: pjson.name,
    alias: pjson.name,
    commandIDs: Object.keys(manifest),
    commands: Object.entries(manifest).map(([id, cached]) => ({ ...cached, load: () => findCommand(id) })),
    commandsDir: undefined,
    findCommand,
    hasManifest: true,
    hooks: {},
    isRoot: true,
    load: () => Promise.resolve(),
    moduleType: 'commonjs',
    name: pjson.name,
    options: { root },
    pjson,
    root,
    topics: Object.entries(pjson.oclif.topics ?? {}).map(([name, topic]) => ({ name, ...topic })),
    type: 'core',
    valid: true,
    version: pjson.version,
  };
  return plugin;
}
