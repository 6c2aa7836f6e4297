import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { parseFields, unknownField } from './csv.ts';
import { parseIpOf } from './options/addresses.ts';
import { isContainer } from './options/namespaces.ts';
import { refuse } from './refuse.ts';
import type { SpecChange } from './spec-change.ts';

const fieldNames: readonly string[] = ['name', 'alias', 'ip', 'ip6'];

/**
 * Reads `docker run --network`: host, none, container:NAME, a network's name, or `name=NAME,alias=ALIAS,ip=IP,ip6=IP`.
 * bridge and default are what holds without it. VALUE_INVALID otherwise.
 */
export function parseNetwork(text: string): Result<SpecChange> {
  if (text === 'bridge' || text === 'default') return ok({ defaultNetwork: true });
  if (text === 'host' || text === 'none' || isContainer(text)) return ok({ networkMode: text });
  if (/^(container|ns|pasta|slirp4netns)(:|$)/.test(text))
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} is no network that gear joins`,
      'use host, none, bridge, container:NAME or the name of a network',
    );
  if (text.includes('=')) return parseLongForm(text);
  const name = parseNetworkName(text);
  return name.ok ? ok({ networks: [{ name: name.value, aliases: [] }] }) : name;
}

function parseLongForm(text: string): Result<SpecChange> {
  const fields = parseFields(text, 'name=backend,alias=db,ip=10.1.0.5');
  if (!fields.ok) return fields;
  const unknown = fields.value.find(([field]) => !fieldNames.includes(field));
  if (unknown !== undefined) return unknownField(unknown[0], fieldNames);
  const all = (name: string): readonly string[] =>
    fields.value.flatMap(([field, value]) => (field === name ? [value] : []));
  const name = parseNetworkName(all('name').at(-1) ?? '');
  if (!name.ok) return name;
  const aliases: string[] = [];
  for (const each of all('alias')) {
    const alias = parseAlias(each);
    if (!alias.ok) return alias;
    aliases.push(alias.value);
  }
  const [ip, ip6] = [optionalIp(4, all('ip').at(-1)), optionalIp(6, all('ip6').at(-1))];
  if (ip?.ok === false) return ip;
  if (ip6?.ok === false) return ip6;
  const addresses = {
    ...(ip === undefined ? {} : { ip: ip.value }),
    ...(ip6 === undefined ? {} : { ip6: ip6.value }),
  };
  return ok({ networks: [{ name: name.value, aliases: [...new Set(aliases)].sort(), ...addresses }] });
}

function optionalIp(family: 4 | 6, text: string | undefined): Result<string> | undefined {
  return text === undefined ? undefined : parseIpOf(family)(text);
}

function parseNetworkName(text: string): Result<string> {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text)) return ok(text);
  return refuse(
    'VALUE_INVALID',
    text === '' ? 'the network has no name' : `${quote(text)} cannot be the name of a network`,
    'use host, none, bridge, container:NAME or the name of a network',
  );
}

/** A further name of a container on a network. VALUE_INVALID otherwise. */
export function parseAlias(text: string): Result<string> {
  if (/^[a-zA-Z0-9_]([a-zA-Z0-9_.-]{0,251}[a-zA-Z0-9_])?$/.test(text)) return ok(text);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} cannot be a name on a network`,
    'use letters, digits, "-" and "."',
  );
}
