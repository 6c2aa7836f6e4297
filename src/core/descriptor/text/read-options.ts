import type { Filling, Variables } from './expand.ts';

/** How the texts of a file are filled in. */
export interface ReadOptions {
  /** What `${NAME}` stands for. */
  readonly variables: Variables;
  /** What fills a file of another format in its place, by what the file holds; undefined for gear's own. */
  readonly foreign?: (value: unknown) => Filling | undefined;
}

/** What fills in a file that holds this value. */
export function fillingOf(value: unknown, { variables, foreign }: ReadOptions): Filling {
  return foreign?.(value) ?? { variables, rules: 'native' };
}
