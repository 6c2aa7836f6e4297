import { type InstallFlag, mapResult, withoutFields } from '../install-flag.ts';
import { parseAlias, parseNetwork } from '../network-use.ts';
import { parseIpOf } from '../options/addresses.ts';
import { parsePublishRange } from '../port-mapping.ts';
import { optionFlag } from './option-flag.ts';

const group = 'NETWORK';
const reset = withoutFields('networks', 'networkMode');

/** How it is reached, and what it reaches. */
export const networkFlags: readonly InstallFlag[] = [
  {
    name: 'publish',
    short: 'p',
    value: 'PORTS',
    repeatable: true,
    summary:
      'Publish ports on the host: [IP:]HOST:CONTAINER[/udp], or ranges of the same length; HOST 0 is any free one, which it keeps',
    example: '8080:80',
    group,
    parse: (text) => mapResult(parsePublishRange(text), (ports) => ({ ports })),
    reset: withoutFields('ports'),
  },
  {
    name: 'network',
    aliases: ['net'],
    value: 'NETWORK',
    repeatable: true,
    summary: 'Join a network: NAME or name=NAME,alias=ALIAS,ip=IP; or host, none, bridge, container:NAME',
    example: 'backend',
    group,
    parse: parseNetwork,
    reset,
  },
  {
    name: 'network-alias',
    aliases: ['net-alias'],
    value: 'NAME',
    repeatable: true,
    summary: 'Another name of it on its network',
    example: 'db',
    group,
    parse: (text) => mapResult(parseAlias(text), (alias) => ({ networkAliases: [alias] })),
  },
  {
    name: 'ip',
    value: 'IP',
    repeatable: false,
    summary: 'Its IPv4 address on its network',
    example: '10.89.0.5',
    group,
    parse: (text) => mapResult(parseIpOf(4)(text), (ip) => ({ ip })),
  },
  {
    name: 'ip6',
    value: 'IP',
    repeatable: false,
    summary: 'Its IPv6 address on its network',
    example: 'fd00::5',
    group,
    parse: (text) => mapResult(parseIpOf(6)(text), (ip6) => ({ ip6 })),
  },
  optionFlag('hostname', group),
  optionFlag('add-host', group),
  optionFlag('dns', group),
  optionFlag('dns-search', group),
  { ...optionFlag('dns-option', group), aliases: ['dns-opt'] },
  optionFlag('expose', group),
  optionFlag('mac-address', group),
];
