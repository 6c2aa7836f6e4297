import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';

/**
 * A mode as chmod(2) takes it, up to `most`; undefined where none is written, or none that can be, which is noted. With a
 * zero before it a number is octal, as YAML has it for people; else decimal, as JSON and `kubectl get -o yaml` do.
 */
export function readMode(
  reader: ForeignReader,
  fields: Fields,
  key: string,
  { path, most }: { readonly path: Path; readonly most: number },
): string | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  const at = [...path, key];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const octal = /^0o?([0-7]+)$/.exec(text)?.[1];
  const mode = octal === undefined ? (/^\d+$/.test(text) ? Number(text) : undefined) : parseInt(octal, 8);
  if (mode === undefined) {
    reader.wrongType(value, at, 'a mode such as 0644');
    return undefined;
  }
  if (mode <= most) return octalOf(mode);
  reader.fail(
    at,
    'VALUE_INVALID',
    `${quote(text)} is no mode: ${octal === undefined ? `as an octal number it is ${octalOf(mode)}, and ` : ''}${octalOf(most)} is the largest`,
    /^[0-7]{3,4}$/.test(text) && parseInt(text, 8) <= most ? `write 0${text}` : 'write it as 0644',
  );
  return undefined;
}

function octalOf(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
