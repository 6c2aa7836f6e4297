import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { configFilePath, secretFilePath } from '../core/render/container-files.ts';
import { ejectedFolder, ejectText } from '../core/render/ejected.ts';
import { gateFiles } from '../core/render/gates.ts';
import type { Tools } from './tools.ts';

const secret = 0o600;
const readable = 0o644;
const privateFolder = 0o700;

/**
 * Gives a container's units a life of their own: what they need is copied beside them first, then each link becomes a
 * plain file with one rename. Doing it again is harmless.
 */
export async function ejectUnits(tools: Tools, instance: Instance): Promise<void> {
  const { files } = tools.host;
  const folder = ejectedFolder(instance.name);
  for (const gate of gateFiles()) await files.write(`${folder}/gates/${gate.name}`, gate.text, gate.mode);
  await files.write(`${folder}/empty/.keep`, '', readable);
  await copyEnvironment(tools, instance, folder);
  await copyFiles(tools, instance, folder);
  for (const unit of tools.ejected.get(instance.name) ?? []) {
    if (unit.text === null) throw new Error('what is ejected has to be rendered');
    await files.write(`${paths.units}/${unit.name}`, ejectText(unit.text, instance), readable);
  }
}

async function copyEnvironment(tools: Tools, instance: Instance, folder: string): Promise<void> {
  if (instance.environmentFile === null) return;
  const { files } = tools.host;
  for (const suffix of ['', '.raw']) {
    const content = await files.read(`${paths.files}/${instance.environmentFile}${suffix}`);
    if (content !== null) await files.write(`${folder}/environment${suffix}`, content, secret);
  }
}

/** What the gate reads at each start: contents of files of configuration, and secrets as they are stored. */
async function copyFiles(tools: Tools, instance: Instance, folder: string): Promise<void> {
  const { files } = tools.host;
  const sources = [
    ...(instance.files ?? []).map(({ hash }) => configFilePath(hash)),
    ...(instance.secrets ?? []).map(({ hash }) => secretFilePath(hash)),
  ];
  for (const source of sources) {
    const content = await files.read(source);
    const target = source.replace(paths.files, `${folder}/files`);
    if (content !== null) await files.write(target, content, secret, privateFolder);
  }
}

/**
 * Removes all that gear keeps on a host. Containers, units and volumes are not among it. The newest generation goes
 * last: it says that this was begun, for whoever has to finish it.
 */
export async function eraseState(tools: Tools): Promise<void> {
  const { files } = tools.host;
  for (const { name, kind } of await files.list(paths.root)) {
    const path = `${paths.root}/${name}`;
    // Templates are the user's, whoever put them there.
    if (path === paths.templates || path === paths.generations || path === paths.current) continue;
    await (kind === 'directory' ? files.removeFolder(path) : files.remove(path));
  }
  await files.remove(paths.current);
  for (const mark of [paths.loaded, paths.rolledBack]) await files.remove(mark);
  const generations = (await files.list(paths.generations)).map(({ name }) => name);
  const older = generations.toSorted((a, b) => Number(a) - Number(b)).slice(0, -1);
  for (const name of older) await files.removeFolder(`${paths.generations}/${name}`);
  await files.removeFolder(paths.generations);
  if ((await files.list(paths.root)).length === 0) await files.removeFolder(paths.root);
  await files.removeFolder(paths.state);
}
