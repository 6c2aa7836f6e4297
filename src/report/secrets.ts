import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import { formatSpan } from './time.ts';
import type { SecretChange, SecretRow } from './values.ts';

/** `gear secret ls`: a table. */
export function printSecrets(rows: readonly SecretRow[], style: Style): string {
  if (rows.length === 0) return inScope('This host has no secrets. Begin with: gear secret set NAME');
  const header = ['NAME', 'STORED', 'AGE', 'BY', 'USED BY'].map(style.dim);
  const body = rows.map((row) => [
    style.bold(plain(row.name)),
    row.encrypted ? style.good('encrypted') : style.warn('plain'),
    formatSpan(row.ageMs),
    plain(row.by),
    row.usedBy.join(', '),
  ]);
  return formatTable([header, ...body]);
}

/** `gear secret set` and `gear secret rm`: what became of it, and who is still to hear of it. */
export function printSecretChange(change: SecretChange, style: Style): string {
  const { name, result, encrypted, usedBy, warnings } = change;
  const how = result === 'removed' ? '' : encrypted ? ', encrypted' : ', not encrypted';
  const pending = result === 'changed' && usedBy.length > 0;
  return [
    `${style.bold(name)} ${result === 'unchanged' ? style.dim(result) : style.good(result)}${how}`,
    ...warnings.map((line) => style.warn(`  ${plain(line)}`)),
    ...(pending ? [`  the next gear apply of ${usedBy.join(', ')} hands on the new value`] : []),
  ].join('\n');
}
