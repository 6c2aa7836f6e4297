/** The absolute path of what a descriptor in `directory` calls by `path`; by text alone, as Compose does it. */
export function resolvePath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Whether the source of a mount is a path from the descriptor's folder; a name alone is a volume. */
export function isRelativeSource(source: string): boolean {
  return (
    !source.startsWith('/') && !source.startsWith('~') && (source.includes('/') || /^\.\.?$/.test(source))
  );
}
