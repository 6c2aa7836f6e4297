/** Directives that gear's supervision stands on: a template may add to them and may not leave out or change a line. */
const kept: Readonly<Record<string, ReadonlySet<string>>> = {
  Unit: new Set(['BindsTo']),
  Service: new Set([
    ...['Type', 'NotifyAccess', 'RemainAfterExit', 'Delegate', 'Slice', 'KillMode', 'KillSignal'],
    ...['Environment', 'EnvironmentFile', 'LoadCredential', 'LoadCredentialEncrypted'],
    ...['ExecStartPre', 'ExecStart', 'ExecStartPost', 'ExecReload', 'ExecStop', 'ExecStopPost'],
    ...['SyslogIdentifier', 'LogExtraFields'],
  ]),
  Timer: new Set(['OnCalendar', 'Unit']),
};

/** Of those, what has one value: a second line would take the first one's place. */
const single = new Set([
  'Type',
  'NotifyAccess',
  'RemainAfterExit',
  'Delegate',
  'Slice',
  'KillMode',
  'KillSignal',
]);

export interface RequiredLine {
  readonly section: string;
  readonly text: string;
}

/** Lines of the shipped template's text that are not in the other's, or that the other overrides. */
export function missingLines(shipped: string, other: string): readonly RequiredLine[] {
  const there = directivesOf(other);
  return directivesOf(shipped).filter(({ section, name, text }) => {
    if (kept[section]?.has(name) !== true) return false;
    const same = there.filter((each) => each.section === section && each.name === name);
    if (same.some((each) => isReset(each.text, name))) return true;
    return single.has(name) ? same.at(-1)?.text !== text : !same.some((each) => each.text === text);
  });
}

/** `ExecStart=` alone empties the list of what stands before it (systemd.service(5)). */
function isReset(text: string, name: string): boolean {
  return text.slice(name.length + 1).trim() === '';
}

interface DirectiveLine extends RequiredLine {
  readonly name: string;
}

/** The directives of a unit, those over several lines as one (systemd.syntax(7)). */
function directivesOf(text: string): readonly DirectiveLine[] {
  const found: DirectiveLine[] = [];
  let section = '';
  for (const line of text.replaceAll(/\s*\\\n\s*/g, ' ').split('\n')) {
    section = /^\[(\w+)\]\s*$/.exec(line)?.[1] ?? section;
    const [, name] = /^([A-Za-z]+)\s*=/.exec(line) ?? [];
    if (name !== undefined) found.push({ section, name, text: line.trimEnd() });
  }
  return found;
}
