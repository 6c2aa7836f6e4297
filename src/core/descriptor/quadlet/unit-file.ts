import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { limits } from '../text/limits.ts';
import type { SourceText } from '../text/source-text.ts';

/** An assignment of a unit file, and where its key and value begin. */
export interface Assignment {
  readonly section: string;
  readonly key: string;
  /** Lines that a backslash joins have a blank between them. */
  readonly value: string;
  readonly source: SourceText;
  readonly keyOffset: number;
  readonly valueOffset: number;
}

/** Splits a unit file into its assignments, in order (systemd.syntax(7)). DESCRIPTOR_SYNTAX for lines that are none. */
export function parseUnitFile(source: SourceText): Result<readonly Assignment[]> {
  const assignments: Assignment[] = [];
  const failures: Failure[] = [];
  const refuse = (offset: number, message: string, next: string): void => {
    if (failures.length < limits.failures)
      failures.push(source.failure('DESCRIPTOR_SYNTAX', offset, message, next));
  };
  let section: string | undefined;
  for (const { text, offset } of logicalLines(source.text)) {
    const [, name] = /^\[([^\]]*)\]$/.exec(text) ?? [];
    const [, key, , value = ''] = /^([A-Za-z0-9-]+)([ \t]*=[ \t]*)(.*)$/s.exec(text) ?? [];
    if (name !== undefined) section = name;
    else if (text.startsWith('['))
      refuse(offset, `${quote(text)} is no section`, 'close it with "]", and leave nothing behind that');
    else if (key === undefined)
      refuse(offset, `${quote(text.slice(0, 60))} is neither a section nor KEY=VALUE`, 'write KEY=VALUE');
    else if (section === undefined)
      refuse(offset, `${key}= stands before any section`, 'begin the file with a section: [Container]');
    else
      assignments.push({
        ...{ section, key, value, source, keyOffset: offset },
        valueOffset: offset + text.length - value.length,
      });
  }
  return failures.length > 0 ? err(...failures) : ok(assignments);
}

interface Line {
  readonly text: string;
  readonly offset: number;
}

/** Lines without comments and blank ones; what a backslash joins is one, and comments within it are left out. */
function logicalLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let open: { parts: string[]; offset: number } | undefined;
  let offset = 0;
  for (const raw of text.split('\n')) {
    const start = offset + raw.length - raw.trimStart().length;
    offset += raw.length + 1;
    const line = raw.trim();
    if (/^[#;]/.test(line) || (line === '' && open === undefined)) continue;
    const continues = line.endsWith('\\');
    const part = continues ? line.slice(0, -1).trimEnd() : line;
    open ??= { parts: [], offset: start };
    open.parts.push(part);
    if (continues) continue;
    lines.push({ text: open.parts.join(' ').trim(), offset: open.offset });
    open = undefined;
  }
  if (open !== undefined) lines.push({ text: open.parts.join(' ').trim(), offset: open.offset });
  return lines;
}
