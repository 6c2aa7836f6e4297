import { paths } from '../core/model/paths.ts';

/** Where a command to type may begin: the beginning, or what joins it to another. */
const command = /(^|[;:,] |\bor,? |\bor: |\band |\bthen )gear (?=[a-z])/g;
const unitCommand = /\bsystemctl (?=[a-z-]+ (?:ctr|gear)-)/g;
const unitLog = /\bjournalctl (?=-u (?:ctr|gear)-)/g;

/** What to type next, as it is typed in the scope of this process: for a user's own systemd, with --user. */
export function inScope(next: string): string {
  if (paths.scope === 'system') return next;
  return next
    .replace(command, '$1gear --user ')
    .replace(unitCommand, 'systemctl --user ')
    .replace(unitLog, 'journalctl --user ');
}
