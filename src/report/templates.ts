import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { formatTable } from './table.ts';
import type { TemplateCheck, TemplateRow, TemplateText } from './values-of-templates.ts';

/** `gear template ls`: a table. */
export function printTemplates(rows: readonly TemplateRow[], style: Style): string {
  const header = ['TEMPLATE', 'FROM', ''].map(style.dim);
  const body = rows.map(({ name, source, waits }) => [
    style.bold(name),
    source === null ? style.dim('shipped') : plain(source),
    waits ? style.warn('waits for the next change') : '',
  ]);
  return formatTable([header, ...body]);
}

/** `gear template show`: the text as it is, to be sent into a file. */
export function printTemplate({ text }: TemplateText): string {
  return text.replace(/\n$/, '');
}

/** `gear template check`: what is wrong is printed as any failure is. */
export function printTemplateCheck({ templates, units, verified }: TemplateCheck): string {
  if (templates.length === 0) return 'This host has no templates of its own.';
  const counted = `ok: ${String(templates.length)} ${templates.length === 1 ? 'template' : 'templates'}, ${String(units)} units rendered`;
  return verified ? `${counted}, and read by systemd` : `${counted}; root can also have systemd read them`;
}
