/** `gear convert`: the descriptor, byte for byte; or where they are. */
export function printConverted({
  apps,
  out,
}: {
  readonly apps: readonly { readonly text: string }[];
  readonly out: string | null;
}): string {
  if (out !== null) return `${String(apps.length)} descriptor${apps.length === 1 ? '' : 's'} in ${out}`;
  return apps.map(({ text }) => text.replace(/\n$/, '')).join('\n');
}
