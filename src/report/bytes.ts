/** Bytes as people read them: `712 B`, `3.4 kB`, `3.4 MB`, `120 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  const mega = bytes / 1024 ** 2;
  if (mega < 1) return `${(bytes / 1024).toFixed(1)} kB`;
  return mega >= 1024 ? `${(mega / 1024).toFixed(1)} GB` : `${mega.toFixed(mega < 10 ? 1 : 0)} MB`;
}
