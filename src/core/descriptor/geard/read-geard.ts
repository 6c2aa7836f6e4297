import { err } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Document, Path, SourceFile } from '../document.ts';
import { ContainerDraft } from '../foreign/container-draft.ts';
import { plainName } from '../foreign/container-name.ts';
import { foreignApp, type ForeignReading } from '../foreign/foreign-app.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { ForeignReader } from '../foreign/foreign-reader.ts';
import { readDocuments } from '../text/read-document.ts';
import { containerKeys, deploymentKeys, type Given, keysOf } from './keys.ts';

const namesOf = (rows: readonly { readonly name: string }[]): readonly string[] =>
  rows.map(({ name }) => name);

/** Reads a deployment of geard, which is JSON, into the native form. `name` is that of the file. */
export async function readGeard(
  file: SourceFile,
  name: string,
  context: ForeignContext,
): Promise<ForeignReading> {
  const documents = await readDocuments(file);
  if (!documents.ok) return documents;
  const [document] = documents.value;
  if (document === undefined)
    return err({
      code: 'DESCRIPTOR_SYNTAX',
      message: 'the file holds no value',
      next: 'begin it with {"Containers": [',
      place: { source: file.path },
    });
  return readDeployment(document, name, context);
}

/** Reads the value of a deployment. */
function readDeployment(document: Document, name: string, context: ForeignContext): ForeignReading {
  const reader = new ForeignReader(document, context, {
    name: 'geard',
    secret: ['Environment', 'environment'],
  });
  const deployment = keysOf(reader, document.value, [], namesOf(deploymentKeys));
  const prefix = textOf(reader, deployment, 'IdPrefix') ?? '';
  const [given, at] = deployment.get('Containers') ?? [[], []];
  const containers = reader.list(given, at).map(([item, path]) => {
    const keys = keysOf(reader, item, path, namesOf(containerKeys));
    return { keys, path, name: textOf(reader, keys, 'Name') ?? '' };
  });
  const ports = givenPorts(reader, deployment);
  const names = containers.map((each) => each.name);
  const drafts = containers.flatMap(({ keys, path, name: own }) => {
    const draft = new ContainerDraft(reader, plainName(`${prefix}${own}`), path);
    return readContainer(draft, { keys, path, own, prefix, names, ports }) ? [draft] : [];
  });
  for (const key of ['Containers', 'IdPrefix'])
    if (deployment.has(key)) reader.tell(deployment.get(key)?.[1] ?? [], 'kept');
  const random = deployment.get('RandomizeIds');
  if (random !== undefined && random[0] !== false)
    reader.tell(random[1], 'approximated', 'left out: names are those of the containers');
  return foreignApp(reader, {
    // A deployment that geard wrote has the time at its end.
    name: plainName(name.replace(/(\.\d{8}-\d{6})+$/, '').replace(/\.json$/, '')) || 'app',
    containers: Object.fromEntries(drafts.map(({ container, native }) => [container, native])),
  });
}

interface Reading {
  readonly keys: Given;
  readonly path: Path;
  readonly own: string;
  readonly prefix: string;
  readonly names: readonly string[];
  readonly ports: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Reads one container; false where none of it is to run. */
function readContainer(draft: ContainerDraft, reading: Reading): boolean {
  const { keys, path, own } = reading;
  const { reader } = draft;
  const count = keys.get('Count') === undefined ? 0 : (reader.number(...pairOf(keys, 'Count')) ?? 0);
  if (count < 1) {
    draft.approximate(path, 'left out: its Count is 0, so geard runs none of it');
    return false;
  }
  if (count > 1) draft.set('count', count, keys.get('Count')?.[1] ?? path);
  const image = textOf(reader, keys, 'Image');
  if (image === undefined)
    reader.fail(path, 'VALUE_INVALID', `the container ${quote(own)} has no Image`, 'add one');
  else draft.set('image', image, keys.get('Image')?.[1] ?? path);
  readEnvironment(draft, reading);
  readPorts(draft, reading, count);
  readLinks(draft, reading);
  for (const key of ['Name', 'Image', 'Count', 'Environment', 'PublicPorts'])
    if (keys.has(key)) reader.tell(keys.get(key)?.[1] ?? path, 'kept');
  if (keys.has('Affinity'))
    draft.approximate(keys.get('Affinity')?.[1] ?? path, 'left out: geard never acted on it');
  draft.approximate(path, 'restart: always; geard would leave it stopped once it ends');
  return true;
}

function readEnvironment(draft: ContainerDraft, { keys }: Reading): void {
  const { reader } = draft;
  for (const [item, at] of keys.has('Environment') ? reader.list(...pairOf(keys, 'Environment')) : []) {
    const variable = keysOf(reader, item, at, ['Name', 'Value']);
    const name = textOf(reader, variable, 'Name');
    if (name === undefined) reader.fail(at, 'VALUE_INVALID', 'the variable has no Name', 'give it one');
    else draft.put('env', name, textOf(reader, variable, 'Value') ?? '', at);
  }
}

function readPorts(draft: ContainerDraft, { keys, own, ports }: Reading, count: number): void {
  const { reader } = draft;
  for (const [item, at] of keys.has('PublicPorts') ? reader.list(...pairOf(keys, 'PublicPorts')) : []) {
    const port = keysOf(reader, item, at, ['Internal', 'External']);
    const [internal, external] = [numberOf(reader, port, 'Internal'), numberOf(reader, port, 'External')];
    if (internal === undefined) {
      reader.fail(at, 'VALUE_INVALID', 'the port has no Internal', 'give the port of the container');
      continue;
    }
    // What geard gave a single instance is what clients know.
    const given = count === 1 ? ports.get(own)?.get(String(internal)) : undefined;
    const host = external === undefined || external === 0 ? (given ?? '0') : String(external);
    draft.add('ports', `${host}:${String(internal)}`, at);
  }
}

function readLinks(draft: ContainerDraft, { keys, own, prefix, names }: Reading): void {
  const { reader } = draft;
  for (const [item, at] of keys.has('Links') ? reader.list(...pairOf(keys, 'Links')) : []) {
    const link = keysOf(reader, item, at, ['To', 'Ports', 'AliasPorts', 'NonLocal', 'MatchPort']);
    const to = textOf(reader, link, 'To') ?? '';
    if (!names.includes(to)) {
      const near = nearest(to, names);
      reader.fail(
        link.get('To')?.[1] ?? at,
        'DEPENDENCY_UNKNOWN',
        `there is no container ${quote(to)} in this deployment`,
        near === undefined ? 'name one of its containers' : `did you mean ${near}?`,
      );
      continue;
    }
    const other = plainName(`${prefix}${to}`);
    if (to !== own) draft.add('after', other, at);
    draft.approximate(at, `it is asked as ${other}, at its own port, and not at 127.0.0.1 or 192.168.1.1`);
  }
}

/** The host ports that geard gave to instances: container → port of it → port of the host. */
function givenPorts(
  reader: ForeignReader,
  deployment: Given,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  if (!deployment.has('Instances')) return found;
  const [given, at] = pairOf(deployment, 'Instances');
  for (const [item, path] of reader.list(given, at)) {
    const instance = keysOf(reader, item, path, [
      'Id',
      'Image',
      'From',
      'On',
      'Ports',
      'Environment',
      'Links',
    ]);
    const from = textOf(reader, instance, 'From') ?? '';
    const ports = found.get(from) ?? new Map<string, string>();
    found.set(from, ports);
    for (const [port, place] of instance.has('Ports') ? reader.list(...pairOf(instance, 'Ports')) : []) {
      const keys = keysOf(reader, port, place, ['Internal', 'External', 'Target']);
      const [internal, external] = [numberOf(reader, keys, 'Internal'), numberOf(reader, keys, 'External')];
      if (internal !== undefined && external !== undefined && external > 0)
        ports.set(String(internal), String(external));
    }
  }
  reader.tell(at, 'approximated', 'the ports of single instances are kept; where they ran is left out');
  return found;
}

function pairOf(keys: Given, key: string): readonly [value: unknown, path: Path] {
  return keys.get(key) ?? [undefined, []];
}

function textOf(reader: ForeignReader, keys: Given, key: string): string | undefined {
  const given = keys.get(key);
  return given === undefined || given[0] === null ? undefined : reader.text(given[0], given[1]);
}

function numberOf(reader: ForeignReader, keys: Given, key: string): number | undefined {
  const given = keys.get(key);
  return given === undefined || given[0] === null ? undefined : reader.number(given[0], given[1]);
}
