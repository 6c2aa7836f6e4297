import { createStyle, type Style } from '../report/style.ts';

/** Colours for what is written to stderr. */
export function errorStyle(): Style {
  return createStyle(process.stderr);
}
