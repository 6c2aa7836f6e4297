import { execFile } from 'node:child_process';
import type { EngineKind } from '../../core/model/container.ts';
import { paths } from '../../core/model/paths.ts';

/** A command that writes a line of JSON for each event of an engine, until it is killed. */
export interface EventCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** Only what may be drift: the checks of health alone are some events a second. */
const dockerEvents = ['die', 'destroy', 'rename', 'health_status'];
const podmanEvents = ['died', 'remove', 'rename', 'health_status'];
const types = ['container', 'network', 'volume'];

/** The fields of an event in the journal (podman, libpod/events/journal_linux.go; the same from 3.0 on). */
const journalFields = ['PODMAN_TYPE', 'PODMAN_EVENT', 'PODMAN_LABELS', 'PODMAN_HEALTH_STATUS'];

const answerMs = 10_000;

/**
 * What tells the events of an engine whose command this is. Podman's own `events` is a Go program that reads the journal
 * and wakes up sixty times a second for it; journalctl sleeps until something is written. It is asked where Podman writes
 * its events into the journal, which it does by default, and where root reads it: a user may not see the journal.
 */
export async function eventCommand(
  kind: EngineKind,
  command: string,
  env: Readonly<Record<string, string>>,
): Promise<EventCommand> {
  if (kind === 'docker') return { command, args: eventArguments('{{json .}}', dockerEvents) };
  if (paths.scope === 'user' || !(await writesJournal(command, env)))
    return { command, args: eventArguments('json', podmanEvents) };
  return { command: 'journalctl', args: journalArguments() };
}

function eventArguments(format: string, events: readonly string[]): readonly string[] {
  return [
    ...['events', '--format', format],
    ...types.flatMap((type) => ['--filter', `type=${type}`]),
    ...events.flatMap((event) => ['--filter', `event=${event}`]),
  ];
}

/** Matches of one field are alternatives, those of several fields must all hold (journalctl(1)). Anybody may write lines. */
function journalArguments(): readonly string[] {
  return [
    // Without --all, a value of more than 4 096 bytes is null.
    ...['--follow', '--lines=0', '--quiet', '--no-pager', '--all', '--output=json'],
    `--output-fields=${journalFields.join(',')}`,
    '_UID=0',
    ...types.map((type) => `PODMAN_TYPE=${type}`),
    ...podmanEvents.map((event) => `PODMAN_EVENT=${event}`),
  ];
}

/** Whether Podman writes events into the journal; what cannot be asked is taken to write them elsewhere. */
function writesJournal(command: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  const args = ['info', '--format', '{{.Host.EventLogger}}'];
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: answerMs }, (error, stdout) => {
      resolve(error === null && stdout.trim() === 'journald');
    });
  });
}
