import { paths } from '../core/model/paths.ts';

/** Where a command to type may begin: the beginning, or what joins it to another. */
const command = /(^|[;:,] |\bor,? |\bor: |\band |\bthen )gear (?=[a-z])/g;
const unitCommand = /\bsystemctl (?=[a-z-]+ (?:ctr|gear)-)/g;
const unitLog = /\bjournalctl (?=(?:-u|--unit) (?:ctr|gear)-)/g;

/** What to type next, as it is typed in the scope of this process: for a user's own systemd, with --user. */
export function inScope(next: string): string {
  if (paths.scope === 'system') return next;
  return next
    .replace(command, '$1gear --user ')
    .replace(unitCommand, 'systemctl --user ')
    .replace(unitLog, 'journalctl --user ');
}

/** The same for every next step in what --json prints: each `next` and each of the `warnings`, however deep. */
export function valueInScope(value: unknown): unknown {
  if (paths.scope === 'system' || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(valueInScope);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [key, fieldInScope(key, each)]),
  );
}

function fieldInScope(key: string, value: unknown): unknown {
  if (key === 'next' && typeof value === 'string') return inScope(value);
  if (key === 'warnings' && Array.isArray(value))
    return value.map((each: unknown) => (typeof each === 'string' ? inScope(each) : valueInScope(each)));
  return valueInScope(value);
}
