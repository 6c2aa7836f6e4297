import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { ForeignReader, Fields } from '../foreign/foreign-reader.ts';

const kept = (name: string, to = name, note = ''): Coverage => ({ name, verdict: 'kept', to, note });

export const networkKeys: readonly Coverage[] = [
  kept('name'),
  kept('driver'),
  kept('driver_opts', 'options'),
  kept(
    'ipam',
    'subnet, gateway, ip_range',
    'the first block; further ones and auxiliary addresses are left out',
  ),
  kept('external'),
  kept('internal'),
  { name: 'enable_ipv4', verdict: 'approximated', to: '', note: 'left out: a network has IPv4' },
  kept('enable_ipv6', 'ipv6'),
  {
    name: 'attachable',
    verdict: 'approximated',
    to: '',
    note: 'left out: any container of the host can join',
  },
  kept('labels'),
];

export const volumeKeys: readonly Coverage[] = [
  kept('name'),
  kept('driver'),
  kept('driver_opts', 'options'),
  kept('external'),
  kept('labels'),
];

/** A network or volume of the top level, in the native form. */
export function readDeclared(
  reader: ForeignReader,
  kind: 'networks' | 'volumes',
  name: string,
  value: unknown,
): unknown {
  const path = [kind, name];
  reader.places.set(path, path);
  const table = kind === 'networks' ? networkKeys : volumeKeys;
  if (value === null) return null;
  const fields = reader.fields(
    value,
    path,
    table.map((each) => each.name),
  );
  if (fields === undefined) return null;
  const native: Record<string, unknown> = {};
  const set = (key: string, item: unknown, from: Path): void => {
    native[key] = item;
    reader.places.set([kind, name, key], from);
  };
  for (const { name: key, verdict, note } of table) {
    if (fields[key] === undefined || key === 'external' || key === 'ipam') continue;
    const at = [...path, key];
    if (verdict === 'approximated') {
      if (key !== 'enable_ipv4' || fields[key] !== true) reader.tell(at, 'approximated', note);
    } else readKey(reader, key, fields[key], at, set);
  }
  readExternal(reader, fields, path, set);
  if (fields['ipam'] !== undefined) readIpam(reader, fields['ipam'], [...path, 'ipam'], set);
  return native;
}

type Set = (key: string, item: unknown, from: Path) => void;

function readKey(reader: ForeignReader, key: string, value: unknown, at: Path, set: Set): void {
  if (key === 'driver_opts' || key === 'labels') {
    const pairs = reader.pairs(value, at).map(([name, text]) => [name, text ?? '']);
    set(key === 'labels' ? 'labels' : 'options', Object.fromEntries(pairs), at);
  } else if (key === 'internal' || key === 'enable_ipv6') {
    if (reader.toggle(value, at) === true) set(key === 'internal' ? 'internal' : 'ipv6', true, at);
  } else {
    const text = reader.text(value, at);
    if (text !== undefined && text !== 'default') set(key, text, at);
  }
}

/** true, or the older map with the name. */
function readExternal(reader: ForeignReader, { external }: Fields, path: Path, set: Set): void {
  if (external === undefined) return;
  const at = [...path, 'external'];
  if (typeof external !== 'object') {
    if (reader.toggle(external, at) === true) set('external', true, at);
    return;
  }
  const { name } = reader.fields(external, at, ['name']) ?? {};
  set('external', true, at);
  const text = name === undefined ? undefined : reader.text(name, [...at, 'name']);
  if (text !== undefined) set('name', text, [...at, 'name']);
}

function readIpam(reader: ForeignReader, value: unknown, path: Path, set: Set): void {
  const { driver, config, options } = reader.fields(value, path, ['driver', 'config', 'options']) ?? {};
  if (driver !== undefined && driver !== 'default')
    reader.tell([...path, 'driver'], 'refused', 'gear leaves addresses to the engine', 'take it away');
  if (options !== undefined)
    reader.tell([...path, 'options'], 'approximated', 'left out: the engine decides it');
  const [first, ...others] = reader.list(config ?? [], [...path, 'config']);
  for (const [, at] of others)
    reader.tell(at, 'approximated', 'left out: a network has one block of addresses');
  if (first === undefined) return;
  const fields = reader.fields(first[0], first[1], ['subnet', 'ip_range', 'gateway', 'aux_addresses']) ?? {};
  for (const key of ['subnet', 'gateway', 'ip_range']) {
    const text = fields[key] === undefined ? undefined : reader.text(fields[key], [...first[1], key]);
    if (text !== undefined) set(key, text, [...first[1], key]);
  }
  if (fields['aux_addresses'] !== undefined)
    reader.tell(
      [...first[1], 'aux_addresses'],
      'approximated',
      'left out: gear gives no address away by itself',
    );
}
