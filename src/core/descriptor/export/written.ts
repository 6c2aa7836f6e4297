/** A value of a descriptor as it is written, before interpolation. */
export type Written =
  string | number | boolean | null | readonly Written[] | { readonly [key: string]: Written };

/** A text that means itself: interpolation leaves it as it is. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A variable that interpolation fills in, with its operator. */
export function reference(expression: string): string {
  return `\${${expression}}`;
}

/** The same of each. */
export function literals(texts: readonly string[]): readonly string[] {
  return texts.map(literal);
}

/** The record without what is undefined. */
export function present(
  record: Readonly<Record<string, Written | undefined>>,
): Readonly<Record<string, Written>> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, Written] => entry[1] !== undefined),
  );
}
