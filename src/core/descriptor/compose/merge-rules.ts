import type { Path } from '../document.ts';

/** How a later file's value of a key meets an earlier one's (compose-spec, 13-merge). */
export type Rule = 'replace' | 'append' | 'pairs' | 'named';

const appended: readonly string[] = [
  ...['cap_add', 'cap_drop', 'device_cgroup_rules', 'devices', 'dns', 'dns_opt', 'dns_search', 'env_file'],
  ...[
    'expose',
    'external_links',
    'group_add',
    'label_file',
    'links',
    'ports',
    'profiles',
    'security_opt',
    'tmpfs',
  ],
  ...['volumes', 'volumes_from', 'secrets', 'configs', 'gpus', 'post_start', 'pre_stop'],
];
/** KEY=VALUE in either form. */
const paired: readonly string[] = [
  ...['annotations', 'environment', 'labels', 'storage_opt', 'sysctls', 'extra_hosts', 'ulimits'],
];
/** A list of names, or a map of them with more to say. */
const named: readonly string[] = ['depends_on', 'networks', 'models'];

/** The rule of a list or map at a path of a file; maps merge, and anything else is replaced, unless this says otherwise. */
export function ruleAt(path: Path): Rule {
  const key = String(path.at(-1));
  if (path[0] !== 'services' || path.length < 3) return 'replace';
  if (path.length > 3) return key === 'labels' || key === 'options' ? 'pairs' : 'replace';
  if (appended.includes(key)) return 'append';
  if (paired.includes(key)) return 'pairs';
  return named.includes(key) ? 'named' : 'replace';
}

/** What makes two items of an appended list one: the later one holds. The item itself where they are just added up. */
export function identityAt(path: Path): ((item: unknown) => string | undefined) | undefined {
  const key = path.at(-1);
  if (key === 'volumes' || key === 'devices') return targetOf;
  if (key === 'secrets' || key === 'configs')
    return (item) => fieldOf(item, 'target') ?? fieldOf(item, 'source') ?? textOf(item);
  if (key === 'env_file' || key === 'ports') return (item) => textOf(item) ?? JSON.stringify(item);
  return textOf;
}

/** Where a mount is: the second part of SOURCE:TARGET, or the only one. */
function targetOf(item: unknown): string | undefined {
  if (typeof item !== 'string') return fieldOf(item, 'target');
  const [first = '', second] = item.split(':');
  return second ?? first;
}

function textOf(item: unknown): string | undefined {
  return typeof item === 'string' || typeof item === 'number' ? String(item) : undefined;
}

function fieldOf(item: unknown, name: string): string | undefined {
  return typeof item === 'object' && item !== null
    ? textOf((item as Record<string, unknown>)[name])
    : undefined;
}
