/** `gear export`: the descriptor, byte for byte; YAML has escaped what a terminal would obey. */
export function printExport({ text }: { readonly text: string }): string {
  return text.replace(/\n$/, '');
}
