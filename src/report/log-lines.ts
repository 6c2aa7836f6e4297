import { ok, type Result } from '../errors/failure.ts';
import type { JournalLine } from '../ports/journal.ts';
import { MergedLines } from './merge-lines.ts';
import { plain } from './plain.ts';
import { createStyle, type Style } from './style.ts';

interface LogOutput {
  readonly json: boolean;
  /** Whether each line begins with the container's name. */
  readonly named: boolean;
}

/** Lines of several hosts that go on may be so late against each other. */
const settleMs = 500;

type WriteLines = (host: string, lines: Result<AsyncIterable<JournalLine>>) => Promise<Result<null>>;

/**
 * Writes lines as they come: plain, or an object each; those of several hosts in the order of time, each with its host.
 * Ends with the last line, or when the reader goes away. This machine alone has no label.
 */
export function lineWriter(
  targets: readonly { readonly label: string }[],
  { follow, ...output }: LogOutput & { readonly follow: boolean },
): WriteLines {
  const style = createStyle(process.stdout);
  const write = (line: HostLine): void => void process.stdout.write(`${written(line, output, style)}\n`);
  const labels = targets.map(({ label }) => label);
  const merged = new MergedLines<HostLine>(labels.length, write, follow ? settleMs : null);
  return async (host, lines) => {
    const at = labels.indexOf(host);
    try {
      if (!lines.ok) return lines;
      if (host === '') for await (const line of lines.value) write(line);
      else await merged.take(at, onHost(host, lines.value));
      return ok(null);
    } finally {
      merged.end(at);
    }
  };
}

interface HostLine extends JournalLine {
  readonly host?: string;
}

async function* onHost(host: string, lines: AsyncIterable<JournalLine>): AsyncGenerator<HostLine> {
  for await (const line of lines) yield { ...line, host };
}

function written(line: HostLine, { json, named }: LogOutput, style: Style): string {
  const name = line.unit.replace(/^ctr-/, '').replace(/(-ready)?\.service$/, '');
  if (json) return JSON.stringify({ ...line, name });
  // On a terminal the text could command it; elsewhere it is passed on as it was written.
  const text = style.isTerminal ? plain(line.message) : line.message;
  const host = line.host === undefined ? '' : `${style.bold(`${plain(line.host)}:`)} `;
  return `${host}${named ? `${style.bold(name)} | ` : ''}${text}`;
}
