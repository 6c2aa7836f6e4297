/** Whether {{#if}} takes a value for one: not what is false, 0, empty or absent. */
export function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** The text of {{#each}}. */
export function each<Item>(items: readonly Item[], write: (item: Item) => string): string {
  let text = '';
  for (const item of items) text += write(item);
  return text;
}
