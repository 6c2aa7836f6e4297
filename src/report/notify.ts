import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { NotifyChange, NotifyRow, NotifyTest } from './values-of-notify.ts';

/** `gear notify ls`: a table. */
export function printTargets(rows: readonly NotifyRow[], style: Style): string {
  if (rows.length === 0) return inScope('Nobody is told. Begin with: gear notify add NAME -- COMMAND');
  const header = ['NAME', 'TELLS', 'OF'].map(style.dim);
  const body = rows.map(({ name, command, on }) => [
    style.bold(plain(name)),
    command === null ? 'a webhook' : plain(command.join(' ')),
    on.join(', '),
  ]);
  return formatTable([header, ...body]);
}

/** `gear notify add` and `rm`. */
export function printNotifyChange({ name, result }: NotifyChange, style: Style): string {
  const next = result === 'removed' ? '' : inScope(`; try it: gear notify test ${plain(name)}`);
  return `${style.bold(plain(name))} ${style.good(result)}${next}`;
}

/** `gear notify test`: a line a target. */
export function printNotifyTest(tests: readonly NotifyTest[], style: Style): string {
  return tests
    .map(
      ({ name, ok, said }) =>
        `${style.bold(plain(name))} ${ok ? style.good('was told') : style.bad('was not told')}${said === '' ? '' : `\n  ${plain(said)}`}`,
    )
    .join('\n');
}
