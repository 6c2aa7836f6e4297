import { ok, type Result } from '../errors/failure.ts';
import type { JournalLine } from '../ports/journal.ts';
import { plain } from './plain.ts';
import { createStyle } from './style.ts';

interface LogOutput {
  readonly json: boolean;
  /** Whether each line begins with the container's name. */
  readonly named: boolean;
}

/** Writes lines as they come: plain, or an object each. Ends with the last line, or when the reader goes away. */
export async function writeLines(
  lines: Result<AsyncIterable<JournalLine>>,
  { json, named }: LogOutput,
): Promise<Result<null>> {
  if (!lines.ok) return lines;
  const style = createStyle(process.stdout);
  for await (const line of lines.value) {
    const name = line.unit.replace(/^ctr-/, '').replace(/\.service$/, '');
    // On a terminal the text could command it; elsewhere it is passed on as it was written.
    const text = style.isTerminal ? plain(line.message) : line.message;
    const written = json
      ? JSON.stringify({ ...line, name })
      : `${named ? `${style.bold(name)} | ` : ''}${text}`;
    process.stdout.write(`${written}\n`);
  }
  return ok(null);
}
