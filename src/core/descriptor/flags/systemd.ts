import type { ContainerSpec, UnitSection } from '../../model/container.ts';
import { parseDependency } from '../dependency.ts';
import { directiveOf, parseDirective, parseStartLimit } from '../directive.ts';
import { type InstallFlag, mapResult, withoutDirectives, withoutFields } from '../install-flag.ts';
import { optionFlag } from './option-flag.ts';

const group = 'SYSTEMD';

type Relation = keyof Pick<ContainerSpec, 'after' | 'before' | 'requires' | 'wants' | 'partOf' | 'conflicts'>;

function relation(name: string, field: Relation, summary: string, example: string): InstallFlag {
  return {
    ...{ name, value: 'NAME', repeatable: true, summary, example, group },
    parse: (text) => mapResult(parseDependency(text), (other) => ({ [field]: [other] })),
    reset: withoutFields(field),
  };
}

/** Of the conditions of systemd.unit(5) those that say something about a host; --unit takes every other. */
const conditions = [
  ['path-exists', 'PathExists', 'PATH', 'this path exists', '/srv/data'],
  ['path-exists-glob', 'PathExistsGlob', 'GLOB', 'a path like this exists', '/srv/*.db'],
  ['path-is-directory', 'PathIsDirectory', 'PATH', 'this path is a directory', '/srv/data'],
  ['path-is-mount-point', 'PathIsMountPoint', 'PATH', 'this path is a mount point', '/srv/data'],
  ['path-is-read-write', 'PathIsReadWrite', 'PATH', 'this path can be written to', '/srv/data'],
  ['directory-not-empty', 'DirectoryNotEmpty', 'PATH', 'this directory has something in it', '/srv/data'],
  ['file-not-empty', 'FileNotEmpty', 'PATH', 'this file has something in it', '/etc/shop.conf'],
  ['host', 'Host', 'NAME', 'the host has this name or machine ID', 'web1'],
  ['architecture', 'Architecture', 'ARCH', 'the host has this architecture', 'x86-64'],
  ['virtualization', 'Virtualization', 'KIND', 'the host is virtual in this way', 'vm'],
  ['kernel-command-line', 'KernelCommandLine', 'WORD', 'the host was booted with this word', 'shop'],
  ['memory', 'Memory', 'AMOUNT', 'the host has this much memory', '>=4G'],
  ['cpus', 'CPUs', 'NUMBER', 'the host has so many processors', '>=2'],
  ['ac-power', 'ACPower', 'BOOLEAN', 'the host has mains power', 'true'],
] as const;

function condition([name, word, value, summary, example]: (typeof conditions)[number]): InstallFlag {
  return {
    ...{
      name: `condition-${name}`,
      value,
      repeatable: true,
      summary: `Start only if ${summary}; ! before it means not`,
      example,
      group,
    },
    parse: (text) =>
      mapResult(directiveOf('Unit', `Condition${word}`, text), (directive) => ({ directives: [directive] })),
    reset: withoutDirectives('Unit', `Condition${word}`),
  };
}

function section(name: string, unitSection: UnitSection, note: string, example: string): InstallFlag {
  return {
    ...{ name, value: 'DIRECTIVE=VALUE', repeatable: true, example, group },
    summary: `Add a directive to [${unitSection}] of its unit${note}`,
    parse: (text) => mapResult(parseDirective(unitSection, text), (each) => ({ directives: [each] })),
    reset: withoutDirectives(unitSection),
  };
}

/** What systemd is told of its unit. */
export const systemdFlags: readonly InstallFlag[] = [
  relation('after', 'after', 'Start after this container is ready, or after this systemd unit', 'db'),
  relation('before', 'before', 'Start before this container or systemd unit', 'nginx.service'),
  relation(
    'requires',
    'requires',
    'Start this container or systemd unit as well, and not without it',
    'srv-data.mount',
  ),
  relation('wants', 'wants', 'Start this container or systemd unit as well, and go on without it', 'cache'),
  relation('part-of', 'partOf', 'Stop and restart with this container or systemd unit', 'shop.target'),
  relation('conflicts', 'conflicts', 'Stop this container or systemd unit when it starts', 'apache2.service'),
  {
    ...{ name: 'description', value: 'TEXT', repeatable: false, example: 'The web shop', group },
    summary: 'What systemd calls its unit',
    parse: (text) => mapResult(directiveOf('Unit', 'Description', text), (each) => ({ directives: [each] })),
    reset: withoutDirectives('Unit', 'Description'),
  },
  { ...optionFlag('cgroup-parent', group), name: 'slice', aliases: ['cgroup-parent'] },
  {
    ...{ name: 'start-limit', value: 'N/DURATION', repeatable: false, example: '5/10m', group },
    summary: 'Give up after so many starts in this time; none (the default) never does',
    parse: (text) => mapResult(parseStartLimit(text), (directives) => ({ directives })),
    reset: withoutDirectives('Unit', 'StartLimitBurst', 'StartLimitIntervalSec'),
  },
  ...conditions.map(condition),
  section('unit', 'Unit', '; an empty value resets a list', 'Documentation=https://example.com/shop'),
  section('service', 'Service', '; an empty value resets a list', 'LogRateLimitBurst=50000'),
  section(
    'install',
    'Install',
    ', which systemctl enable reads; gear makes its boot links itself',
    'Alias=shop.service',
  ),
];
