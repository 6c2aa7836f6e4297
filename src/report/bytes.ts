/** Bytes as people read them: `3.4 MB`, `120 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const mega = bytes / 1024 ** 2;
  return mega >= 1024 ? `${(mega / 1024).toFixed(1)} GB` : `${mega.toFixed(mega < 10 ? 1 : 0)} MB`;
}
