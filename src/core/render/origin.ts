import type { UnitSection } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { readyUnitName, unitName } from '../model/unit-names.ts';
import { directiveLine } from './directives.ts';
import { templateLine } from './custom/template-line.ts';
import { chosenSlice } from './option-arguments.ts';

/** A line of a unit with where it comes from: a flag, the template; null for headings and blank lines. */
export interface OriginatedLine {
  readonly text: string;
  readonly from: string | null;
}

type Relation = 'after' | 'before' | 'requires' | 'wants' | 'partOf' | 'conflicts';

const relations: Readonly<Record<string, { readonly field: Relation; readonly flag: string }>> = {
  After: { field: 'after', flag: '--after' },
  Before: { field: 'before', flag: '--before' },
  Requires: { field: 'requires', flag: '--requires' },
  Wants: { field: 'wants', flag: '--wants' },
  PartOf: { field: 'partOf', flag: '--part-of' },
  Conflicts: { field: 'conflicts', flag: '--conflicts' },
};

/** Directives whose value is one flag's, or follows from what is named. */
const sources: Readonly<Record<string, string>> = {
  Description: 'name and image',
  EnvironmentFile: '--env',
  LoadCredential: '--secret',
  LoadCredentialEncrypted: '--secret',
  ExecStart: 'image, flags and command',
  ExecReload: 'reload',
  TimeoutStopSec: '--stop-timeout',
  Restart: '--restart',
  RestartSec: '--restart-sec',
  RestartSteps: '--restart-sec',
  RestartMaxDelaySec: '--restart-sec',
  OnCalendar: '--schedule',
};

/** What a unit was rendered from: how it is called, and its text; null where that is no longer known. */
interface Template {
  readonly name: string;
  readonly text: string | null;
}

/** Where each line of an instance's unit comes from. */
export function originOf(text: string, instance: Instance, template: Template): readonly OriginatedLine[] {
  const lines: OriginatedLine[] = [];
  let section = '';
  /** Of the directive whose command line goes on over several lines. */
  let directive: string | null = null;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const heading = /^\[(\w+)\]$/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const goesOn = lines.at(-1)?.text.endsWith('\\') === true;
    const silent = heading !== undefined || line.trim() === '' || line.startsWith('#');
    if (!goesOn) directive = silent ? null : sourceOf(line, section, instance, template);
    const from = goesOn ? (givenFlag(line, instance) ?? directive) : directive;
    lines.push({ text: line, from });
  }
  return lines;
}

function sourceOf(line: string, section: string, instance: Instance, template: Template): string {
  const { spec } = instance;
  const own = spec.directives?.find(
    (each) => each.section === section && directiveLine(each.name, each.value) === line,
  );
  if (own !== undefined) return `--${(section as UnitSection).toLowerCase()}`;
  const [, name = '', value = ''] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
  const relation = relations[name];
  if (relation !== undefined) {
    const given = spec[relation.field] ?? [];
    const names = given.flatMap((each) => [each, unitName(each), readyUnitName(each)]);
    return names.includes(value) ? relation.flag : placeIn(template, line);
  }
  if (name === 'Slice') return chosenSlice(instance) === undefined ? 'app' : '--slice';
  if (name === 'RequiresMountsFor')
    return spec.mounts.some(({ source }) => value.includes(source)) ? '--volume' : placeIn(template, line);
  const gate = /^Exec\w+=[^ ]* ?[^ ]*\/gates\/([\w-]+\.sh)/.exec(line)?.[1];
  if (gate !== undefined) return `gate ${gate}`;
  return sources[name] ?? placeIn(template, line);
}

/** The template with the line that this one is from, where it can be told. */
function placeIn({ name, text }: Template, line: string): string {
  const number = text === null ? null : templateLine(text, line);
  return number === null ? name : `${name}:${String(number)}`;
}

/** The flag that a further line of a command line begins with, where it was given. */
function givenFlag(line: string, instance: Instance): string | null {
  const { spec } = instance;
  const flag = /^\s+--([\w-]+)/.exec(line)?.[1];
  if (flag === undefined) return null;
  const given =
    Object.hasOwn(spec.options ?? {}, flag) ||
    (flag === 'publish' && spec.ports.length > 0) ||
    (flag === 'volume' && spec.mounts.length > 0) ||
    (flag === 'tmpfs' && (spec.tmpfs ?? []).length > 0) ||
    (flag === 'network' && (spec.networks ?? []).length > 0) ||
    (flag === 'env' && instance.environmentKeys.includes(line.replace(/^\s+--env (\S+).*$/, '$1'))) ||
    (flag === 'memory' && spec.memoryBytes !== undefined) ||
    (flag === 'cpus' && spec.cpus !== undefined) ||
    (flag === 'user' && spec.user !== undefined) ||
    (flag === 'entrypoint' && spec.entrypoint !== undefined);
  return given ? `--${flag}` : null;
}
