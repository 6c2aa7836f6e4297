import type { Scope } from '../../core/model/paths.ts';
import { logIdentifiers } from '../../core/model/unit-names.ts';
import type { Journal, JournalLine, JournalOptions } from '../../ports/journal.ts';
import { attempt } from '../../errors/failure.ts';
import { journalctl } from './journalctl.ts';
import { parseJournalLine } from './journal-line.ts';

/** Which field of an entry has the unit, of the machine's systemd or of a user's (systemd.journal-fields(7)). */
const unitFields = { system: '_SYSTEMD_UNIT', user: '_SYSTEMD_USER_UNIT' } as const;

interface JournalSource {
  /** The journalctl to run, with arguments that come before gear's. */
  readonly command?: readonly [string, ...string[]];
  readonly run?: typeof journalctl;
  /** Whose units wrote. */
  readonly scope?: Scope;
}

/** The journal of a machine, by default of this one. Reading rejects with a FailureError JOURNAL_FAILED. */
export class JournalctlJournal implements Journal {
  readonly #command: readonly [string, ...string[]];
  readonly #run: typeof journalctl;
  readonly #unitField: (typeof unitFields)[Scope];

  constructor({ command = ['journalctl'], run = journalctl, scope = 'system' }: JournalSource = {}) {
    this.#command = scope === 'user' ? [...command, '--user'] : command;
    this.#run = run;
    this.#unitField = unitFields[scope];
  }

  async *read(options: JournalOptions): AsyncGenerator<JournalLine, void, undefined> {
    const { units, lines, sinceMs = 0, follow = false, signal } = options;
    // Without a match journalctl would tell everything.
    if (units.length === 0) return;
    const args = [
      // `--all`: a message above 4096 bytes would be null without it.
      ...[
        '--output=json',
        `--output-fields=MESSAGE,PRIORITY,${this.#unitField}`,
        '--all',
        '--quiet',
        '--no-pager',
      ],
      `--lines=${lines === undefined ? 'all' : String(lines)}`,
      // Beside a number of lines, older journalctl gives the first lines since then, not the last.
      ...(lines === undefined && sinceMs > 0 ? [`--since=@${(sinceMs / 1000).toFixed(3)}`] : []),
      ...(follow ? ['--follow'] : []),
      // Exact matches, where --unit would take patterns and add what systemd says about the unit.
      ...units.flatMap((unit, index) => [
        ...(index === 0 ? [] : ['+']),
        `${this.#unitField}=${unit}`,
        // Several values of one field are alternatives (journalctl(1)).
        ...logIdentifiers(unit).map((identifier) => `SYSLOG_IDENTIFIER=${identifier}`),
      ]),
    ];
    for await (const text of this.#run([...this.#command, ...args], signal)) {
      const line = parseJournalLine(text);
      if (line !== undefined && line.timeMs >= sinceMs) yield line;
    }
  }

  async last(unit: string, lines: number, sinceMs?: number): Promise<readonly JournalLine[]> {
    await this.#sync();
    const found: JournalLine[] = [];
    const since = sinceMs === undefined ? {} : { sinceMs };
    for await (const line of this.read({ units: [unit], lines, ...since })) found.push(line);
    return found;
  }

  /**
   * Lets journald take in what it has been sent: the last words of a unit that has just failed may still wait
   * in its stream. Only root may ask for that; others read what is there.
   */
  async #sync(): Promise<void> {
    await attempt(async () => {
      // A journalctl that is absent or broken is told by the reading that follows.
      for await (const _ of this.#run([...this.#command, '--sync']));
    });
  }
}
