import type { Directive, UnitSection } from '../model/container.ts';
import { hasControlCharacter, unencodable } from './escape.ts';

/** What gear's own supervision stands on, with the key of the descriptor that says the same where there is one. */
const gearsOwn: Readonly<Record<string, string | null>> = {
  Type: null,
  ExecStart: 'command',
  RemainAfterExit: 'job',
  NotifyAccess: null,
  Delegate: null,
  PIDFile: null,
  GuessMainPID: null,
  KillMode: null,
  KillSignal: 'stop_signal',
  Slice: 'cgroup_parent',
  Restart: 'restart',
  RestartSec: 'restart',
  RestartSteps: 'restart',
  RestartMaxDelaySec: 'restart',
  TimeoutStopSec: 'stop_timeout',
  SyslogIdentifier: null,
  User: 'user',
  Group: 'user',
  DynamicUser: 'user',
  RootDirectory: null,
  RootImage: null,
};

/** Lists to which more may be added, and which an empty value would rid of gear's own part. */
const gearsLists: ReadonlySet<string> = new Set([
  ...['ExecStartPre', 'ExecStartPost', 'ExecStop', 'ExecStopPost', 'ExecReload'],
  ...['Environment', 'EnvironmentFile', 'LoadCredential', 'LoadCredentialEncrypted', 'LogExtraFields'],
]);

/** The directives of one section, in the order given. */
export function directivesOf(
  directives: readonly Directive[] | undefined,
  section: UnitSection,
): readonly Directive[] {
  if (directives === undefined) return [];
  return directives.filter((directive) => directive.section === section);
}

/**
 * A line of a unit as the user gives it: specifiers and quotes are the user's own. A last backslash would join the next
 * line (systemd.syntax(7)); the blank put after it is stripped by systemd.
 */
export function directiveLine(name: string, value: string): string {
  const reason = unfitText(name, value);
  if (reason !== null) throw new TypeError(`cannot be written into a unit: ${reason}`);
  return `${name}=${value}${value.endsWith('\\') ? ' ' : ''}`;
}

/** Why gear does not write the directive, or null. */
export function reasonAgainstDirective({ section, name, value }: Directive): string | null {
  const unfit = unfitText(name, value);
  if (unfit !== null) return unfit;
  if (section !== 'Service') return null;
  const key = gearsOwn[name];
  if (key !== undefined)
    return key === null ? 'gear depends on it' : `gear depends on it; the key for it is "${key}"`;
  if (gearsLists.has(name) && value.trim() === '') return "an empty value would take gear's own away";
  if (name === 'Environment' && value.includes('GEAR_'))
    return 'names that begin with GEAR_ are for gear itself';
  return null;
}

function unfitText(name: string, value: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) return 'that is no name of a directive';
  const unfit = unencodable(value);
  if (unfit !== null) return `of its value, ${unfit}`;
  return hasControlCharacter(value.replaceAll('\t', ''))
    ? 'its value has a control character, such as a line end'
    : null;
}
