/** A scalar as a descriptor's value. */
export type Scalar = string | number | boolean | null;

const numeral = /^-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?$/;

/**
 * What a scalar without quotes means. Nothing that was written gets lost: it is a number only when that number is
 * printed exactly as it was written, so 0644, 1.10, 1e3, 0x1F, 1_000, 22:22 and 2026-01-02 stay text. `true`, `false`,
 * `null`, `~` and nothing at all are themselves; yes, no, on, off, True and NULL are text.
 */
export function plainScalar(text: string): Scalar {
  switch (text) {
    case '':
    case '~':
    case 'null':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
  }
  if (!numeral.test(text)) return text;
  const number = Number(text);
  return String(number) === text ? number : text;
}
